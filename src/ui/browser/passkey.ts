import { all, say } from './all.ts';

/** A challenge is good for five minutes; what waits in a field for somebody to come back needs a new one before that. */
const ASK_ANEW_AFTER_MS = 240_000;

/**
 * Passkeys (WebAuthn L3). The server is asked for what to ask the device; the answer travels in the hidden field of an
 * ordinary form. What needs this is hidden where it cannot run.
 */
export function startPasskeys(): void {
  if (!isSupported()) return all('data-without-passkeys', () => {});
  all('data-with-passkeys', () => {});
  all('data-passkey', (form) => {
    if (form instanceof HTMLFormElement) prepare(form);
  });
}

function isSupported(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

function prepare(form: HTMLFormElement): void {
  const button = form.querySelector('button');
  let isAnswered = false;
  let isPressed = false;
  let waiting = new AbortController();

  const send = async (mediation: CredentialMediationRequirement) => {
    waiting.abort();
    waiting = new AbortController();
    const answer = await ceremony(form, mediation, waiting.signal);
    if (!answer) return;
    fill(form, 'credential', JSON.stringify(answer));
    // What stands in the address field goes along: the server sees when somebody expects to be somebody else.
    fill(form, 'address', document.querySelector<HTMLInputElement>('#address')?.value ?? '');
    isAnswered = true;
    form.requestSubmit();
  };

  const press = async () => {
    isPressed = true;
    if (button) say(button, '');
    try {
      await send('optional');
    } catch (reason) {
      const { failed = '', already = failed } = form.dataset;
      const isThere = reason instanceof DOMException && reason.name === 'InvalidStateError';
      if (button) say(button, isThere ? already : failed, true);
      isPressed = false;
      wait();
    }
  };

  /** In the suggestions of the address field: nobody hears of it when there is none, or when it comes to nothing. */
  const wait = () => {
    if (isOffered && !isPressed && document.visibilityState === 'visible') send('conditional').catch(() => {});
  };

  let isOffered = false;
  form.addEventListener('submit', (event) => {
    if (isAnswered) return void (isAnswered = false);
    event.preventDefault();
    if (!isPressed) void press();
  });
  if (form.dataset.passkey !== 'offer') return;
  const offer = async () => {
    isOffered = await PublicKeyCredential.isConditionalMediationAvailable();
    wait();
    setInterval(wait, ASK_ANEW_AFTER_MS);
  };
  void offer();
}

async function ceremony(
  form: HTMLFormElement,
  mediation: CredentialMediationRequirement,
  signal: AbortSignal,
): Promise<Credential | null> {
  const answer = await fetch(form.dataset.options ?? '', { method: 'POST', signal });
  // Led elsewhere: what was under way here is over, and the page says so when it is drawn anew.
  if (answer.redirected) location.reload();
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
  const options = await answer.json();
  if (form.dataset.passkey === 'create')
    return navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
      signal,
    });
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return navigator.credentials.get({ publicKey, mediation, signal });
}

function fill(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}
