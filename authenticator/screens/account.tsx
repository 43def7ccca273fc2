import { useState } from 'preact/hooks';
import { NAME_MOST } from '../codes/entry.ts';
import { nameOf } from '../parts/code-card.tsx';
import { Field } from '../parts/field.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { named } from '../reading/named.ts';
import { useApp } from '../state/app.ts';

/** One account: its names, its place, its end. */
export function AccountScreen({ id }: { id: string }) {
  const { state, model, words } = useApp();
  const at = state.accounts.findIndex((one) => one.id === id);
  const account = state.accounts[at];
  const [issuer, setIssuer] = useState(account?.issuer ?? '');
  const [name, setName] = useState(account?.account ?? '');
  if (!account)
    return (
      <Page heading={words.nothingNew} back>
        {null}
      </Page>
    );
  const count = state.accounts.length;
  return (
    <Page heading={nameOf(account, words)} back>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void model.rename(id, { issuer: named(issuer), account: named(name) });
        }}
      >
        <Field
          id="issuer"
          label={words.issuer}
          value={issuer}
          onInput={(text) => setIssuer(text.slice(0, NAME_MOST))}
        />
        <Field id="account" label={words.account} value={name} onInput={(text) => setName(text.slice(0, NAME_MOST))} />
        <div class="actions">
          <Press submits>{words.save}</Press>
        </div>
      </form>
      {count > 1 && (
        <section>
          <p class="place">{words.place(at + 1, count)}</p>
          <div class="tools">
            {at > 0 && (
              <Press kind="quiet" onPress={() => model.move(id, -1)}>
                {words.moveUp}
              </Press>
            )}
            {at < count - 1 && (
              <Press kind="quiet" onPress={() => model.move(id, 1)}>
                {words.moveDown}
              </Press>
            )}
          </div>
        </section>
      )}
      <div class="aside">
        <button type="button" class="link leave" onClick={() => model.go({ at: 'remove', id })}>
          {words.remove}
        </button>
      </div>
    </Page>
  );
}
