import { useState } from 'preact/hooks';
import { Icon } from '#ui/icon.tsx';
import { Notice } from '#ui/notice.tsx';
import { CodeCard } from '../parts/code-card.tsx';
import { Field } from '../parts/field.tsx';
import { Page } from '../parts/page.tsx';
import { IconPress, Press } from '../parts/press.tsx';
import { useApp } from '../state/app.ts';
import { install } from '../state/install.ts';
import { useNow } from '../state/now.ts';

/** So few are seen at once: a field to search in would only push them down. */
const SEARCHED_FROM = 6;

/** The codes: what the app is opened for. */
export function ListScreen() {
  const { state, model, words } = useApp();
  const { accounts } = state;
  const [wanted, want] = useState('');
  const now = useNow();
  if (accounts.length === 0) return <EmptyScreen />;
  const shown = accounts.filter((one) =>
    `${one.issuer} ${one.account}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <Page
      heading={words.codes}
      tools={
        <>
          <IconPress icon="plus" name={words.add} onPress={() => model.go({ at: 'add' })} />
          <SettingsPress />
        </>
      }
    >
      <DriftNotice />
      {accounts.length >= SEARCHED_FROM && (
        <search class="app-search">
          <Field id="search" label={words.search} value={wanted} onInput={want} search />
        </search>
      )}
      {shown.length === 0 && <p class="lead">{words.nothingFound(wanted.trim())}</p>}
      <ul class="code-list">
        {shown.map((account) => (
          <CodeCard key={account.id} account={account} now={now} fresh={state.fresh.includes(account.id)} />
        ))}
      </ul>
      <InstallNotice />
    </Page>
  );
}

/** Nothing yet. On a phone with Safari the home screen comes first: what is added before stays behind. */
function EmptyScreen() {
  const { model, words } = useApp();
  return (
    <Page heading={words.noAccounts} lead={<p>{words.noAccountsLead}</p>} tools={<SettingsPress />}>
      <InstallNotice />
      <div class="stack">
        <Press icon="plus" wide onPress={() => model.go({ at: 'add' })}>
          {words.add}
        </Press>
        <Press kind="quiet" wide onPress={() => model.go({ at: 'import' })}>
          {words.importTitle}
        </Press>
      </div>
    </Page>
  );
}

function SettingsPress() {
  const { model, words } = useApp();
  return <IconPress icon="sliders" name={words.menu} onPress={() => model.go({ at: 'settings' })} />;
}

function DriftNotice() {
  const { state, words } = useApp();
  if (state.drift === null) return null;
  const minutes = Math.max(1, Math.round(Math.abs(state.drift) / 60));
  return (
    <Notice kind="warn" heading={state.drift > 0 ? words.clockFast(minutes) : words.clockSlow(minutes)}>
      <p>{words.clockLead}</p>
    </Notice>
  );
}

function InstallNotice() {
  const { state, words } = useApp();
  if (!state.install) return null;
  return (
    <Notice kind="info" heading={words.installHeading}>
      <p>{state.install === 'ios' ? words.installIos : words.installLead}</p>
      {state.install === 'ask' && (
        <button type="button" class="link" onClick={() => void install()}>
          <Icon name="phone" />
          {words.install}
        </button>
      )}
    </Notice>
  );
}
