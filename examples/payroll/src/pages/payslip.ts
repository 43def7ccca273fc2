import { html } from 'hono/html';
import { type Line, type Payslip, sum } from '../payslips.ts';
import { day, money, month, type Words } from '../words/index.ts';
import type { Html } from './layout.ts';

export function payslipPage(words: Words, { slip, name, iban }: { slip: Payslip; name: string; iban: string }): Html {
  const say = words.payslip;
  const { currency } = slip.employer;
  return html`<p class="back"><a href="/payslips">${say.back}</a></p>
    <article class="paper slip">
      <p class="paper-head">${slip.employer.name}</p>
      <h1>${say.title(month(words, slip.month))}</h1>
      <p class="small">${say.for} ${name}</p>
      <table class="ledger">
        ${part(words, say.earned, slip.earned, 1, currency)} ${part(words, say.withheld, slip.withheld, -1, currency)}
      </table>
      <p class="net">
        <span>${say.net}</span><b>${money(words, slip.net, currency)}</b>
      </p>
      <p class="small">${words.payslips.paidOn(day(words, slip.paidOn))}. ${say.paidTo(iban.slice(-4))}.</p>
    </article>`;
}

function part(words: Words, heading: string, lines: readonly Line[], sign: 1 | -1, currency: string): Html {
  const amount = (value: number) => money(words, sign * value, currency);
  return html`<thead>
      <tr>
        <th scope="col">${heading}</th>
        <th scope="col"><span class="unseen">${words.payslip.amount}</span></th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        (line) =>
          html`<tr>
            <td>${words.lines[line.what]}</td>
            <td>${amount(line.amount)}</td>
          </tr>`,
      )}
      <tr class="sum">
        <td>${words.payslip.total}</td>
        <td>${amount(sum(lines))}</td>
      </tr>
    </tbody>`;
}
