import { Disclosure } from '#ui/disclosure.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useApp } from '../state/app.ts';

/** Nothing of the accounts is here, not even their names. */
export function LockedScreen() {
  const { model, words } = useApp();
  return (
    <Page heading={words.locked}>
      <div class="actions">
        <Press icon="key" wide onPress={model.unlock}>
          {words.unlock}
        </Press>
      </div>
      <Disclosure summary={words.cannotUnlock}>
        <p>{words.cannotUnlockLead}</p>
        <Press kind="quiet" onPress={() => model.go({ at: 'forget' })}>
          {words.forget}
        </Press>
      </Disclosure>
    </Page>
  );
}
