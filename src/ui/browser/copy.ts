import { all, say } from './all.ts';

const BACK_AFTER_MS = 2500;

export function startCopying(): void {
  all<HTMLButtonElement>('data-copy', (button) => {
    const { copy = '', copied = '', failed = '' } = button.dataset;
    const name = button.textContent;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(copy);
      } catch {
        // No permission, or plain http: the text is selected by one tap on it.
        return say(button, failed);
      }
      button.textContent = copied;
      say(button, copied);
      setTimeout(() => {
        button.textContent = name;
        say(button, '');
      }, BACK_AFTER_MS);
    });
  });
}
