import { useApp } from './state/app.ts';
import { AccountScreen } from './screens/account.tsx';
import { AddScreen } from './screens/add.tsx';
import { ExportScreen } from './screens/export.tsx';
import { ForgetScreen } from './screens/forget.tsx';
import { FoundScreen } from './screens/found.tsx';
import { ImportScreen } from './screens/import.tsx';
import { ListScreen } from './screens/list.tsx';
import { LockedScreen } from './screens/locked.tsx';
import { RemoveScreen } from './screens/remove.tsx';
import { AskedScreen } from './screens/asked.tsx';
import { PairScreen } from './screens/pair.tsx';
import { ScanScreen } from './screens/scan.tsx';
import { SettingsScreen } from './screens/settings.tsx';
import { TypeScreen } from './screens/type.tsx';

/** Which screen. While the app is locked there is one, and the one that empties it. A request comes before all others. */
export function App() {
  const { screen, locked, asked } = useApp().state;
  if (screen.at === 'forget') return <ForgetScreen />;
  if (locked) return <LockedScreen />;
  if (asked) return <AskedScreen key={asked.request.id} request={asked.request} />;
  switch (screen.at) {
    case 'list':
      return <ListScreen />;
    case 'add':
      return <AddScreen />;
    case 'scan':
      return <ScanScreen />;
    case 'type':
      return <TypeScreen />;
    case 'pair':
      return <PairScreen />;
    case 'found':
      return <FoundScreen />;
    case 'account':
      return <AccountScreen key={screen.id} id={screen.id} />;
    case 'remove':
      return <RemoveScreen id={screen.id} />;
    case 'settings':
      return <SettingsScreen />;
    case 'export':
      return <ExportScreen />;
    case 'import':
      return <ImportScreen />;
  }
  return screen satisfies never;
}
