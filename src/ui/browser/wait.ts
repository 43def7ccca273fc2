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
    const { state, says } = document.hidden ? { state: drawn } : await stateAt(wait).catch(() => ({ state: drawn }));
    if (state === drawn) {
      say(says);
      return void setTimeout(() => void look(), EVERY_MS);
    }
    const form = document.querySelector<HTMLFormElement>('#approved');
    if (state === 'approved' && form) form.requestSubmit();
    else location.assign(page);
  };
  void look();
}

/** Only what changed: a screen reader would say it again. */
function say(text: unknown): void {
  const place = document.querySelector('[data-wait-says]');
  if (place && typeof text === 'string' && place.textContent !== text) place.textContent = text;
}

/** Anything else, led away for instance, is a change too. Where nobody answers, the page goes on waiting. */
async function stateAt(address: string): Promise<{ state?: unknown; says?: unknown }> {
  const answer = await fetch(address);
  return answer.redirected ? {} : await answer.json();
}
