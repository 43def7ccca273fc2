import type { State } from './state.ts';

/** Chromium's event; not a standard, so no type library has it. */
type InstallEvent = Event & { prompt(): Promise<unknown> };

let asked: InstallEvent | null = null;

/** How this browser installs the app, told as soon as it is known and when it is done. */
export function watchInstalling(tell: (install: State['install']) => void): void {
  if (matchMedia('(display-mode: standalone)').matches) return;
  // Safari on a phone has no event and no button of its own: people must be told where it is.
  if (Reflect.get(navigator, 'standalone') === false) tell('ios');
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    asked = event as InstallEvent;
    tell('ask');
  });
  addEventListener('appinstalled', () => tell(null));
}

export async function install(): Promise<void> {
  await asked?.prompt();
}
