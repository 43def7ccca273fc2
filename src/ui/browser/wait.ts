const EVERY_MS = 1500;

/**
 * A page that waits for a phone: it asks how things stand, is drawn anew when that has changed, and sends its form when
 * the phone has said yes. Without scripts the page looks again by itself (`refresh` of its document).
 */
export function startWaiting(): void {
  const place = document.querySelector<HTMLElement>('[data-wait]');
  if (!place) return;
  const { wait = '', state: drawn, page = '' } = place.dataset;

  const look = async () => {
    const state = document.hidden ? drawn : await stateAt(wait).catch(() => drawn);
    if (state === drawn) return void setTimeout(() => void look(), EVERY_MS);
    const form = document.querySelector<HTMLFormElement>('#approved');
    if (state === 'approved' && form) form.requestSubmit();
    else location.assign(page);
  };
  void look();
}

/**
 * Anything else, led away for instance, is a change too. Where nobody answers, the page goes on waiting. What it says
 * meanwhile is written only when it is another sentence: a screen reader would read it out again.
 */
async function stateAt(address: string): Promise<unknown> {
  const answer = await fetch(address);
  const { state, says } = answer.redirected ? {} : await answer.json();
  const place = document.querySelector('[role=status]');
  if (place && place.textContent !== says) place.textContent = says;
  return state;
}
