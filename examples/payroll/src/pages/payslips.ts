import { html } from 'hono/html';
import type { Payslip } from '../payslips.ts';
import { day, money, month, type Words } from '../words/index.ts';
import type { Html } from './layout.ts';

/** One latest payslip for each employer, then what came before. */
export function payslipList(words: Words, { name, slips }: { name: string; slips: readonly Payslip[] }): Html {
  const say = words.payslips;
  const newest = slips[0]?.month;
  const isNewest = (slip: Payslip) => newest !== undefined && slip.month.equals(newest);
  const earlier = slips.filter((slip) => !isNewest(slip));
  const several = new Set(slips.map(({ employer }) => employer.id)).size > 1;
  return html`<h1>${say.title}</h1>
    <p class="lead">${say.hello(name)}</p>
    ${slips.length === 0 ? html`<p class="note">${say.none}</p>` : ''}
    <div class="latest">${slips.filter(isNewest).map((slip) => latest(words, slip))}</div>
    ${
      earlier.length > 0
        ? html`<h2>${say.earlier}</h2>
            <div class="paper">
              <table class="ledger links">
                <thead>
                  <tr>
                    <th scope="col">${say.month}</th>
                    <th scope="col">${say.net}</th>
                  </tr>
                </thead>
                <tbody>
                  ${earlier.map((slip) => row(words, slip, several))}
                </tbody>
              </table>
            </div>`
        : ''
    }`;
}

function latest(words: Words, slip: Payslip): Html {
  return html`<section class="paper" aria-labelledby="${slip.id} ${slip.employer.id}">
    <p class="paper-head" id="${slip.employer.id}">${slip.employer.name}</p>
    <h2 id="${slip.id}">${month(words, slip.month)}</h2>
    <p class="small">${words.payslips.paidOn(day(words, slip.paidOn))}</p>
    <p class="net">
      <span>${words.payslips.net}</span><b>${money(words, slip.net, slip.employer.currency)}</b>
    </p>
    <p><a class="button" href="/payslips/${slip.id}">${words.payslips.open}<span class="unseen"> ${month(words, slip.month)}, ${slip.employer.name}</span></a></p>
  </section>`;
}

function row(words: Words, slip: Payslip, several: boolean): Html {
  return html`<tr>
    <td>
      <a href="/payslips/${slip.id}">${month(words, slip.month)}</a>
      ${several ? html`<span class="small">${slip.employer.name}</span>` : ''}
    </td>
    <td>${money(words, slip.net, slip.employer.currency)}</td>
  </tr>`;
}
