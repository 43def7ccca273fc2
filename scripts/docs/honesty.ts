import { assertionOf } from '#core/application/assertion.ts';
import type { Evidence, Factor } from '#core/assurance.ts';

const AT = Temporal.Instant.fromEpochMilliseconds(0);

function proof(type: string, factors: Factor[], more: Partial<Evidence> = {}): Evidence {
  return { type, authenticator: type, factors, phishingResistant: false, restricted: false, at: AT, ...more };
}

const password = proof('password', ['knowledge']);
const app = proof('app', ['possession'], { key: 'software' });
const sms = proof('sms', ['possession'], { restricted: true });
const passkey = (factors: Factor[]) => proof('passkey', factors, { phishingResistant: true });

type Row = { what: string; evidence: Evidence[]; device?: true; lenient?: true };

const ROWS: Row[] = [
  { what: 'password; postponed, or not asked to enrol', evidence: [password] },
  { what: 'password on a remembered device', evidence: [password], device: true },
  { what: 'password and six digits of an app', evidence: [password, proof('totp', ['possession'])] },
  { what: 'password and backup code', evidence: [password, proof('backup-code', ['possession'])] },
  { what: 'password and code card', evidence: [password, proof('code-card', ['possession'])] },
  { what: 'password and text message, where the organisation lets it count', evidence: [password, sms], lenient: true },
  { what: 'password and text message, where it does not', evidence: [password, sms] },
  { what: 'password and approval in our app, six digits typed', evidence: [password, app] },
  {
    what: 'password and approval in our app, two digits, where the organisation lets it count',
    evidence: [password, { ...app, comfort: true }],
    lenient: true,
  },
  {
    what: 'password and approval in our app, two digits, where it does not',
    evidence: [password, { ...app, comfort: true }],
  },
  { what: 'passkey that verified its owner', evidence: [passkey(['possession', 'inherence'])] },
  { what: 'password and passkey without that', evidence: [password, passkey(['possession'])] },
];

/** What tokens say about each way to sign in, asked of the function that makes them say it. */
export function honestyTable(): string {
  const rows = ROWS.map(({ what, evidence, device = false, lenient = false }) => {
    const policy = { restrictedIsSecondStep: lenient, comfortApprovalIsSecondStep: lenient };
    const told = assertionOf({ evidence, viaRememberedDevice: device }, policy);
    return `| ${what} | \`${told?.acr}\` | \`${told?.amr.join(' ')}\` | ${told?.amr.includes('mfa') ? 'yes' : 'no'} |`;
  });
  return ['| what happened | `acr` | `amr` | two steps |', '|---|---|---|---|', ...rows].join('\n');
}
