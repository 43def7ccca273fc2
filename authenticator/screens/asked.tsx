import { useState } from 'preact/hooks';
import { Field } from '../parts/field.tsx';
import { Page } from '../parts/page.tsx';
import { Press } from '../parts/press.tsx';
import type { Asked } from '../pairing/server.ts';
import { useApp } from '../state/app.ts';

/** A request: who asks, from where, when; and the number that only the page which asked shows. */
export function AskedScreen({ request }: { request: Asked }) {
  const { model, words } = useApp();
  const [number, type] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { digits, test } = request;
  const approve = async () => {
    const typed = number.replaceAll(/\D/g, '');
    setMissing(typed.length !== digits);
    if (typed.length === digits) await model.approve(typed);
  };
  return (
    <Page heading={test ? words.askedTest : words.askedTitle} lead={test ? <p>{words.askedTestLead}</p> : undefined}>
      <dl class="asked">
        <Fact name={words.askedWhere} value={request.organisation} />
        <Fact name={words.askedApplication} value={request.application} />
        <Fact name={words.askedDevice} value={request.device} />
        <Fact name={words.askedAddress} value={request.address} />
        <Fact name={words.askedWhen} value={words.askedSeconds(request.secondsAgo)} />
      </dl>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void approve();
        }}
      >
        <Field
          id="number"
          label={words.askedNumber}
          hint={words.askedNumberHint(digits)}
          error={isMissing ? words.askedNumberMissing(digits) : null}
          value={number}
          onInput={type}
          digits
        />
        <div class="actions">
          <Press submits>{words.approve}</Press>
          <Press kind="danger" onPress={model.deny}>
            {words.deny}
          </Press>
        </div>
      </form>
    </Page>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  if (value === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
