import type { Pending } from '#core/authenticator.ts';
import { Secret } from '#core/secret.ts';
import { decode, encode } from '../json.ts';
import type { Place, Seal } from '../seal.ts';
import type { EnrolmentSecrets } from '../rows.ts';

/** The form inside the seal; the only place where these secrets are plain text. */
type Plain = {
  pending: PlainPending | null;
  superseded: PlainPending[];
  number: string | null;
  backupCode: string | null;
};
type PlainPending = { type: string; secret: string; label: string; madeAt: Temporal.Instant };

const NO_SECRETS: EnrolmentSecrets = { pending: null, superseded: [], number: null, backupCode: null };

export function sealSecrets(secrets: EnrolmentSecrets, row: string, seal: Seal): Uint8Array {
  const plain: Plain = {
    pending: secrets.pending && toPlain(secrets.pending),
    superseded: secrets.superseded.map(toPlain),
    number: secrets.number?.reveal() ?? null,
    backupCode: secrets.backupCode?.reveal() ?? null,
  };
  return seal.seal(new TextEncoder().encode(encode(plain)), placeOf(row));
}

export function openSecrets(sealed: Uint8Array, row: string, seal: Seal): EnrolmentSecrets {
  if (sealed.length === 0) return NO_SECRETS;
  const plain = decode(new TextDecoder().decode(seal.open(sealed, placeOf(row)))) as Plain;
  return {
    pending: plain.pending && fromPlain(plain.pending),
    superseded: plain.superseded.map(fromPlain),
    number: plain.number === null ? null : new Secret(plain.number),
    backupCode: plain.backupCode === null ? null : new Secret(plain.backupCode),
  };
}

function placeOf(row: string): Place {
  return { table: 'enrolments', column: 'sealed_secrets', row };
}

function toPlain(pending: Pending): PlainPending {
  return { ...pending, secret: Buffer.from(pending.secret.reveal()).toString('base64') };
}

function fromPlain(plain: PlainPending): Pending {
  return { ...plain, secret: new Secret<Uint8Array>(Uint8Array.from(Buffer.from(plain.secret, 'base64'))) };
}
