import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useApp } from '../state/app.ts';

/** Asked before it is done: a link can be sent by anybody. */
export function PairScreen() {
  const { state, model, words } = useApp();
  const isGone = state.pairing === null;
  return (
    <Page
      heading={isGone ? words.nothingNew : words.pairTitle}
      lead={isGone ? undefined : <p>{words.pairLead}</p>}
      back
    >
      <div class="actions">
        {isGone ? (
          <Press onPress={model.home}>{words.done}</Press>
        ) : (
          <>
            <Press icon="phone" onPress={model.pair}>
              {words.pairIt}
            </Press>
            <Press kind="quiet" onPress={model.home}>
              {words.cancel}
            </Press>
          </>
        )}
      </div>
    </Page>
  );
}
