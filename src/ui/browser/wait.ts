const EVERY_MS = 1500;

/**
 * A page that waits for a phone: it asks how things stand, is drawn anew when that has changed, and sends its form when
 * the phone has said yes. Without scripts the page looks again by itself (`refresh` of its document).
 */
export function startWaiting(): void {
  const place = document.querySelector<HTMLElement>('[data-wait]');
  if (!place) return;
  const { wait = '', waitState, waitPage = '', waitForm = '' } = place.dataset;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const look = async () => {
    clearTimeout(timer);
    const state = document.visibilityState === 'visible' ? await stateAt(wait) : undefined;
    if (state === undefined || state === waitState) {
      timer = setTimeout(() => void look(), EVERY_MS);
      return;
    }
    const form = document.getElementById(waitForm);
    if (state === 'approved' && form instanceof HTMLFormElement) form.requestSubmit();
    else location.assign(waitPage);
  };
  document.addEventListener('visibilitychange', () => void look());
  addEventListener('pageshow', () => void look());
}

/** Undefined while nobody answers: then the page goes on waiting. Null when it is over here. */
async function stateAt(address: string): Promise<string | null | undefined> {
  try {
    const answer = await fetch(address, { cache: 'no-store' });
    if (answer.redirected) return null;
    const { state } = (await answer.json()) as { state: string };
    return answer.ok ? state : undefined;
  } catch {
    return undefined;
  }
}
