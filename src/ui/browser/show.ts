import { all } from './all.ts';

/** Passwords and covered secrets, shown while the person wants to see them. */
export function startShowing(): void {
  all('data-show', (button) => {
    const { show = '', hide = '', hideLabel = '' } = button.dataset;
    const label = button.ariaLabel;
    const input = button.parentElement?.querySelector('input');
    if (!input) return;
    const set = (shown: boolean) => {
      input.type = shown ? 'text' : 'password';
      button.textContent = shown ? hide : show;
      button.ariaLabel = shown ? hideLabel : label;
    };
    button.addEventListener('click', () => set(input.type === 'password'));
    // Sent as a password, so that no browser offers it as a text typed before.
    input.form?.addEventListener('submit', () => set(false));
  });

  all('data-reveal', (button) => {
    const show = button.textContent;
    const code = document.getElementById(button.dataset.reveal ?? '')?.firstElementChild;
    const set = (covered: boolean) => {
      code?.classList.toggle('covered', covered);
      button.textContent = covered ? show : (button.dataset.hide ?? '');
    };
    set(true);
    button.addEventListener('click', () => set(!code?.classList.contains('covered')));
  });
}
