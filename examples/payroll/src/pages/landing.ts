import { html } from 'hono/html';
import { money, type Words } from '../words/index.ts';
import type { Html } from './layout.ts';

export function landing(words: Words, { isOut }: { isOut: boolean }): Html {
  const say = words.landing;
  return html`<div class="hero">
    <div class="hero-text">
      ${isOut ? html`<p class="note good" role="status">${say.out}</p>` : ''}
      <h1>${say.heading}</h1>
      <p class="lead">${say.lead}</p>
      <p><a class="button" href="/sign-in">${words.signIn}</a></p>
      <p class="small">${say.note}</p>
    </div>
    ${sample(words)}
  </div>`;
}

/** A picture made of text: nobody's figures. */
function sample(words: Words): Html {
  const currency = words.lang === 'nl' ? 'EUR' : 'GBP';
  const line = (what: string, amount: number) =>
    html`<tr>
      <td>${what}</td>
      <td>${money(words, amount, currency)}</td>
    </tr>`;
  return html`<div class="paper sample" aria-hidden="true">
    <p class="paper-head">${words.landing.sample}</p>
    <table class="ledger">
      ${line(words.lines.gross, 284_000)} ${line(words.lines.travel, 6_450)} ${line(words.lines.tax, -34_650)}
      ${line(words.lines.pension, -14_200)}
    </table>
    <p class="net">
      <span>${words.payslip.net}</span><b>${money(words, 241_600, currency)}</b>
    </p>
  </div>`;
}
