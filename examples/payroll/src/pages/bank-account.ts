import { html } from 'hono/html';
import type { BankAccount } from '../bank-accounts.ts';
import type { Hold } from '../hold.ts';
import { grouped, type IbanFault } from '../iban.ts';
import { moment, type Words } from '../words/index.ts';
import type { Html } from './layout.ts';

export type BankView = {
  account: BankAccount;
  /** What a change that is made now would wait for. */
  hold: Hold | null;
  typed: string;
  fault: IbanFault | null;
  /** It was changed a moment ago. */
  isSaved: boolean;
};

export function bankAccountPage(words: Words, view: BankView): Html {
  const say = words.bank;
  const { account } = view;
  return html`<h1>${say.title}</h1>
    ${view.isSaved ? html`<p class="note good" role="status">${say.saved}</p>` : ''}
    <section class="paper account" aria-label="${say.now}">
      <p class="paper-head">${say.now}</p>
      <p class="iban">${grouped(account.iban)}</p>
      ${account.changedAt ? html`<p class="small">${say.since(moment(words, account.changedAt))}</p>` : ''}
    </section>
    ${account.pending ? heldChange(words, account.pending) : ''} ${form(words, view)}`;
}

function heldChange(words: Words, { iban, hold }: NonNullable<BankAccount['pending']>): Html {
  const say = words.bank;
  return html`<section class="paper held" aria-labelledby="held">
    <p class="stamp" aria-hidden="true">${say.held}</p>
    <h2 id="held">${say.heldHeading}</h2>
    <p role="status"><strong>${say.heldUntil(moment(words, hold.until))}</strong>, ${why(words, hold)} ${say.whyHeld}</p>
    <p class="paper-head">${say.heldThen}</p>
    <p class="iban">${grouped(iban)}</p>
    <p class="small">${say.heldNow}</p>
    <form method="post" action="/bank-account/cancel">
      <button class="button quiet">${say.cancel}</button>
    </form>
    <p class="small">${say.notMe}</p>
  </section>`;
}

function form(words: Words, { hold, typed, fault, account }: BankView): Html {
  const say = words.bank;
  return html`<section aria-labelledby="change">
    <h2 id="change">${say.heading}</h2>
    ${
      hold && !account.pending
        ? html`<p class="note wait">
            <strong>${say.willWait(moment(words, hold.until))}</strong>, ${why(words, hold)} ${say.whyHeld}
          </p>`
        : ''
    }
    <form method="post" action="/bank-account" class="fields" novalidate>
      <label for="iban">${say.label}</label>
      <p class="hint" id="iban-hint">${say.hint}</p>
      ${fault ? html`<p class="error" id="iban-error">${words.iban(fault)}</p>` : ''}
      <input
        id="iban"
        name="iban"
        value="${typed}"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck="false"
        maxlength="60"
        aria-describedby="iban-hint${fault ? ' iban-error' : ''}"
        ${fault ? html`aria-invalid="true" autofocus` : ''}
      />
      <button class="button">${say.save}</button>
    </form>
    <p class="small">${say.checked}</p>
  </section>`;
}

function why(words: Words, hold: Hold): string {
  return words.bank.because[hold.because](moment(words, hold.since));
}
