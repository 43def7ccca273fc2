/** A change of what an account can be opened with. */
export type SecurityChange =
  | 'password-changed'
  | 'password-reset'
  | 'authenticator-added'
  | 'authenticator-removed'
  | 'backup-code-renewed'
  | 'address-changed'
  | 'recovery-redeemed'
  | 'enrolment-forced'
  | 'account-disabled'
  | 'signed-out-everywhere';

type Fate = 'end' | 'stay';

/** What becomes of everything an account holds. The session or attempt in which the change is made goes on. */
export type Ends = {
  /** The other ones. */
  sessions: Fate;
  /** The other ones. */
  attempts: Fate;
  rememberedDevices: Fate;
  /** What applications were given: grants and refresh tokens. */
  grants: Fate;
  /** What programs were given in their name: tokens for our own interface, which an organisation lives on. */
  tokens: Fate;
  /** Links to choose a new password. */
  links: Fate;
  /** The other ones. */
  enrolments: Fate;
  recovery: 'end' | 'stay' | 'cancel';
  notice: 'confirmed-addresses' | 'old-and-new-address';
  /**
   * Whether the account's `securityEpoch` rises: then a remembered device, an attempt or an enrolment is dead even if a
   * copy of its row should come back from somewhere.
   */
  epoch: 'rises' | 'stays';
};

/**
 * What ends what, as one table: a reader can hold it against the rules line by line, and a new change does not compile
 * until every column is answered.
 */
// biome-ignore format: a table
export const endsAt: Record<SecurityChange, Ends> = {
  'password-changed':      { sessions: 'end',  attempts: 'end', rememberedDevices: 'end',  grants: 'end',  tokens: 'stay', links: 'end',  enrolments: 'end',  recovery: 'stay',   notice: 'confirmed-addresses', epoch: 'rises' },
  'password-reset':        { sessions: 'end',  attempts: 'end', rememberedDevices: 'end',  grants: 'end',  tokens: 'stay', links: 'end',  enrolments: 'end',  recovery: 'stay',   notice: 'confirmed-addresses', epoch: 'rises' },
  'authenticator-added':   { sessions: 'stay', attempts: 'end', rememberedDevices: 'end',  grants: 'stay', tokens: 'stay', links: 'stay', enrolments: 'end',  recovery: 'cancel', notice: 'confirmed-addresses', epoch: 'rises' },
  'authenticator-removed': { sessions: 'end',  attempts: 'end', rememberedDevices: 'end',  grants: 'end',  tokens: 'stay', links: 'end',  enrolments: 'end',  recovery: 'stay',   notice: 'confirmed-addresses', epoch: 'rises' },
  'backup-code-renewed':   { sessions: 'stay', attempts: 'end', rememberedDevices: 'stay', grants: 'stay', tokens: 'stay', links: 'stay', enrolments: 'stay', recovery: 'stay',   notice: 'confirmed-addresses', epoch: 'stays' },
  'address-changed':       { sessions: 'end',  attempts: 'end', rememberedDevices: 'end',  grants: 'stay', tokens: 'stay', links: 'end',  enrolments: 'end',  recovery: 'cancel', notice: 'old-and-new-address', epoch: 'rises' },
  'recovery-redeemed':     { sessions: 'end',  attempts: 'end', rememberedDevices: 'end',  grants: 'end',  tokens: 'stay', links: 'end',  enrolments: 'end',  recovery: 'end',    notice: 'confirmed-addresses', epoch: 'rises' },
  'enrolment-forced':      { sessions: 'end',  attempts: 'end', rememberedDevices: 'end',  grants: 'end',  tokens: 'stay', links: 'end',  enrolments: 'end',  recovery: 'cancel', notice: 'confirmed-addresses', epoch: 'rises' },
  'account-disabled':      { sessions: 'end',  attempts: 'end', rememberedDevices: 'end',  grants: 'end',  tokens: 'end',  links: 'end',  enrolments: 'end',  recovery: 'cancel', notice: 'confirmed-addresses', epoch: 'rises' },
  'signed-out-everywhere': { sessions: 'end',  attempts: 'end', rememberedDevices: 'end',  grants: 'end',  tokens: 'stay', links: 'stay', enrolments: 'end',  recovery: 'stay',   notice: 'confirmed-addresses', epoch: 'stays' },
};

export function raisesEpoch(change: SecurityChange): boolean {
  return endsAt[change].epoch === 'rises';
}
