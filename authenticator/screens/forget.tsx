import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useApp } from '../state/app.ts';

/** The question before everything goes: the way out for whoever has lost the passkey. */
export function ForgetScreen() {
  const { model, words } = useApp();
  return (
    <Page heading={words.forgetTitle} lead={<p>{words.forgetLead}</p>} back>
      <div class="actions">
        <Press kind="danger" onPress={model.forget}>
          {words.forget}
        </Press>
        <Press kind="quiet" onPress={model.home}>
          {words.cancel}
        </Press>
      </div>
    </Page>
  );
}
