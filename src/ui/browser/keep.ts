import { all } from './all.ts';

/** Download and print, without asking the server for the secret a second time. */
export function startKeeping(): void {
  all('data-download', (button) =>
    button.addEventListener('click', (event) => {
      event.preventDefault();
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([button.dataset.text ?? ''], { type: 'text/plain' }));
      link.download = button.dataset.download ?? '';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }),
  );
  all('data-print', (button) => button.addEventListener('click', () => print()));
}
