import { Disclosure } from '#ui/disclosure.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useApp } from '../state/app.ts';

/** Nothing of the accounts is here, not even their names. */
export function LockedScreen() {
  const { state, model, words } = useApp();
  return (
    <Page heading={words.locked} lead={<p>{state.lock === 'sealed' ? words.lockedSealed : words.lockedScreen}</p>}>
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
