/** What a browser sends: `PublicKeyCredential.toJSON()` (WebAuthn L3 §5.1.8), as far as anything is read of it. */
export type Answer = {
  id: string;
  clientDataJSON: string;
  /** Of a new passkey. */
  attestationObject?: string;
  transports: readonly string[];
  /** Of one that is used. */
  authenticatorData?: string;
  signature?: string;
  /** The account as it was named when the passkey was made. */
  userHandle?: string;
};

/** An attestation without certificates is some hundred bytes, an RSA key included; nothing honest comes near. */
const MOST_CHARACTERS = 16_384;

/** A credential id is 1023 bytes at most (WebAuthn §5.8.3). */
const MOST_ID_CHARACTERS = 1364;

const TRANSPORTS = ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal'];

/** Null for anything that is not such an answer: wrong shapes never reach what computes. */
export function readAnswer(text: string): Answer | null {
  if (text.length > MOST_CHARACTERS) return null;
  const sent = record(parsed(text));
  const response = record(sent?.['response']);
  if (!sent || !response) return null;
  const id = base64url(sent['id']);
  const clientDataJSON = base64url(response['clientDataJSON']);
  if (!id || id.length > MOST_ID_CHARACTERS || sent['rawId'] !== id || sent['type'] !== 'public-key') return null;
  if (!clientDataJSON) return null;
  const answer: Answer = { id, clientDataJSON, transports: transportsOf(response['transports']) };
  for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle'] as const) {
    const value = response[name];
    if (value === undefined || value === null) continue;
    const read = base64url(value);
    if (!read) return null;
    answer[name] = read;
  }
  return answer;
}

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}

/** Names that tomorrow's browsers know are left out, and nothing else is lost with them. */
function transportsOf(sent: unknown): string[] {
  if (!Array.isArray(sent)) return [];
  return TRANSPORTS.filter((one) => sent.includes(one));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

/** Base64url without padding and in one spelling only: the last character must not carry bits that are thrown away. */
function base64url(value: unknown): string | null {
  if (typeof value !== 'string' || !/^[\w-]+$/.test(value)) return null;
  return Buffer.from(value, 'base64url').toString('base64url') === value ? value : null;
}
