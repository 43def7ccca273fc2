import { html } from 'hono/html';
import type { Words } from '../words/index.ts';
import type { Html } from './layout.ts';

export type Problem =
  | 'not-found'
  | 'unknown-trip'
  | 'refused'
  | 'too-weak'
  | 'not-for-you'
  | 'unreachable'
  | 'foreign'
  | 'fault';

export function problemPage(words: Words, problem: Problem, isIn: boolean): Html {
  const [heading, text] = words.problems[problem];
  return html`<section class="problem">
    <h1>${heading}</h1>
    <p class="lead">${text}</p>
    <p class="actions">
      ${problem === 'too-weak' ? html`<a class="button" href="/bank-account">${words.confirm}</a>` : ''}
      ${
        isIn
          ? html`<a class="button ${problem === 'too-weak' ? 'quiet' : ''}" href="/payslips">${words.toPayslips}</a>`
          : html`<a class="button" href="/sign-in">${words.tryAgain}</a>`
      }
    </p>
  </section>`;
}
