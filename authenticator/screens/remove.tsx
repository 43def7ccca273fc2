import { nameOf } from '../parts/code-card.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useApp } from '../state/app.ts';

/** The question before an account goes: it cannot be brought back. */
export function RemoveScreen({ id }: { id: string }) {
  const { state, model, words } = useApp();
  const account = state.accounts.find((one) => one.id === id);
  const name = account ? nameOf(account, words) : words.unnamed;
  return (
    <Page heading={words.removeTitle(name)} lead={<p>{words.removeLead}</p>} back>
      <div class="actions">
        <Press kind="danger" onPress={() => model.remove(id)}>
          {words.remove}
        </Press>
        <Press kind="quiet" onPress={model.home}>
          {words.keep}
        </Press>
      </div>
    </Page>
  );
}
