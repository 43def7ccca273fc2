const RELEASE_AFTER_MS = 6000;

/**
 * A form goes off once, however often the button is pressed. Buttons are never disabled: that would drop the pressed
 * one's name and value, and leave a dead page after the back button. Released after a while, for answers that are a
 * download or never come.
 */
export function startOnce(): void {
  const sent = new Set<HTMLFormElement>();
  const release = (form: HTMLFormElement) => {
    sent.delete(form);
    form.classList.remove('sent');
  };
  addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (!form.matches('[data-once]') || event.defaultPrevented) return;
    if (sent.has(form)) return event.preventDefault();
    sent.add(form);
    form.classList.add('sent');
    setTimeout(release, RELEASE_AFTER_MS, form);
  });
  // From the back/forward cache the page comes back as it was left: in the middle of sending.
  addEventListener('pageshow', () => sent.forEach(release));
}
