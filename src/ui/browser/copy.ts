import { all, say } from './all.ts';

const BACK_AFTER_MS = 2500;

export function startCopying(): void {
  all('data-copy', (button) => {
    const { copy = '', copied = '', failed = '' } = button.dataset;
    const name = button.textContent;
    const done = () => {
      button.textContent = copied;
      say(button, copied);
      setTimeout(() => {
        button.textContent = name;
        say(button, '');
      }, BACK_AFTER_MS);
    };
    // No permission, or plain http: then the sentence is shown, and one tap on the text selects all of it.
    const sorry = () => say(button, failed, true);
    const tryIt = async () => {
      try {
        await navigator.clipboard.writeText(copy);
        done();
      } catch {
        sorry(); // on plain http there is no clipboard at all
      }
    };
    button.addEventListener('click', () => void tryIt());
  });
}
