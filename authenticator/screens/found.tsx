import { Notice } from '#ui/notice.tsx';
import { nameOf } from '../parts/code-card.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { useApp } from '../state/app.ts';
import type { Found } from '../state/state.ts';

/** What was read, where there is something to ask before it goes in. */
export function FoundScreen() {
  const { found } = useApp().state;
  if (!found) return <Nothing />;
  const [only] = found.candidates;
  const isOneAgain = found.candidates.length === 1 && only?.sameName && !found.part && found.passedOver === 0;
  return isOneAgain ? <SameName found={found} /> : <Several found={found} />;
}

/** Set up anew on its website, most likely: then the older codes only mislead. */
function SameName({ found }: { found: Found }) {
  const { model, words } = useApp();
  const name = found.candidates[0] ? nameOf(found.candidates[0].entry, words) : '';
  return (
    <Page heading={words.sameName} lead={<p>{words.sameNameLead(name)}</p>} back>
      <div class="actions">
        <Press onPress={model.replaceFound}>{words.replaceIt}</Press>
        <Press kind="quiet" onPress={model.addFound}>
          {words.keepBoth}
        </Press>
      </div>
    </Page>
  );
}

function Several({ found }: { found: Found }) {
  const { model, words } = useApp();
  const { candidates, passedOver, part } = found;
  const fresh = candidates.filter(({ here }) => !here).length;
  const isNothingNew = fresh === 0 && candidates.length > 0;
  const lead = [part && words.foundPart(part.part, part.of), isNothingNew && words.nothingNewLead].filter(Boolean);
  return (
    <Page
      heading={fresh === 0 ? words.nothingNew : words.found(fresh)}
      lead={lead.length > 0 ? lead.map((text) => <p key={text}>{text}</p>) : undefined}
      back
    >
      {passedOver > 0 && (
        <Notice kind="warn">
          <p>{words.passedOver(passedOver)}</p>
        </Notice>
      )}
      <ul class="list">
        {candidates.map(({ entry, here }, at) => (
          <li class="row" key={at}>
            <div class="row-body">
              <div class="row-text">
                <p class="row-title">{entry.issuer || entry.account || words.unnamed}</p>
                {entry.issuer && <p class="row-detail">{entry.account}</p>}
              </div>
              {here && <span class="badge">{words.hereAlready}</span>}
            </div>
          </li>
        ))}
      </ul>
      <div class="actions">
        {fresh > 0 || part ? (
          <Press onPress={model.addFound}>{fresh > 0 ? words.addAll(fresh) : words.done}</Press>
        ) : (
          <Press onPress={model.home}>{words.done}</Press>
        )}
        {fresh > 0 && (
          <Press kind="quiet" onPress={model.home}>
            {words.cancel}
          </Press>
        )}
      </div>
    </Page>
  );
}

/** After a reload: what was read is not kept, for it holds secrets. */
function Nothing() {
  const { model, words } = useApp();
  return (
    <Page heading={words.nothingNew} back>
      <div class="actions">
        <Press onPress={model.home}>{words.done}</Press>
      </div>
    </Page>
  );
}
