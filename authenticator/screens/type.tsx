import { useState } from 'preact/hooks';
import { Disclosure } from '#ui/disclosure.tsx';
import { type CodeForm, COMMON_FORM } from '../codes/entry.ts';
import { Field } from '../parts/field.tsx';
import { FormFields } from '../parts/form-fields.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import { named } from '../reading/named.ts';
import { readSecret } from '../reading/typed-key.ts';
import { useApp } from '../state/app.ts';
import type { Trouble } from '../state/state.ts';

/** By hand: the long code with its names, or a whole address that was copied. */
export function TypeScreen() {
  const { model, words } = useApp();
  const [typed, type] = useState('');
  const [issuer, setIssuer] = useState('');
  const [account, setAccount] = useState('');
  const [form, setForm] = useState<CodeForm>(COMMON_FORM);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const isAddress = typed.includes(':');

  const add = async () => {
    if (isAddress) return setTrouble(await model.take(typed));
    const secret = readSecret(typed);
    if (typeof secret === 'string') return setTrouble(secret === 'no-secret' ? 'empty' : secret);
    setTrouble(null);
    await model.takeEntries([{ issuer: named(issuer), account: named(account), secret, ...form }]);
  };

  return (
    <Page heading={words.typeIt} back>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Field
          id="long-code"
          label={words.longCode}
          hint={words.longCodeHint}
          error={trouble && words.unreadable[trouble]}
          value={typed}
          onInput={type}
          code
        />
        {!isAddress && (
          <>
            <Field
              id="issuer"
              label={words.issuer}
              hint={words.issuerHint}
              value={issuer}
              onInput={setIssuer}
              optional
            />
            <Field id="account" label={words.account} value={account} onInput={setAccount} optional />
            <div class="form-more">
              <Disclosure summary={words.otherForm}>
                <FormFields form={form} onForm={setForm} />
              </Disclosure>
            </div>
          </>
        )}
        <div class="actions">
          <Press submits>{words.addThis}</Press>
        </div>
      </form>
    </Page>
  );
}
