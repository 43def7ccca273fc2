import { nextNumber } from '#authenticators/code-card/card.ts';
import { decodeBase32, encodeBase32 } from '#authenticators/totp/base32.ts';
import { hotp, stepAt } from '#authenticators/totp/otp.ts';
import type { Authenticator } from '#core/authenticator.ts';
import type { Reader } from '#store/store.ts';
import { HOUSES } from './organisations.ts';
import { type Person, secretsOf } from './person.ts';

/** Identifiers of the rows that the seed makes: by them one sees whether they are still what they were. */
export const rowId = {
  password: ({ id }: Pick<Person, 'id'>) => `${id}-password`,
  app: ({ id }: Pick<Person, 'id'>, index: number) => `${id}-app-${index}`,
  phone: ({ id }: Pick<Person, 'id'>) => `${id}-phone`,
  backupCode: ({ id }: Pick<Person, 'id'>) => `${id}-backup-code`,
  card: ({ id }: Pick<Person, 'id'>) => `${id}-card`,
  device: ({ id }: Pick<Person, 'id'>, index: number) => `${id}-device-${index}`,
};

/** What there is to sign in with at this moment, read from the store: also what was set up a minute ago. */
export type Known = {
  /** Null once it was changed: then whoever changed it knows it. */
  password: string | null;
  enrolled: boolean;
  /** Apps in somebody's hand, oldest first. */
  apps: readonly KnownApp[];
  phone: string | null;
  backupCode: string | null;
  /** The code that is asked for next, while it is the card of the story. */
  card: { number: number; code: string } | null;
};

export type KnownApp = { label: string; totpSecret: string; secondsOff: number };

export async function knownOf(read: Pick<Reader, 'authenticators'>, person: Person): Promise<Known> {
  const bound = (await read.authenticators.of(person.id)).filter((one) => !one.disabledAt);
  const has = (id: string) => bound.some((one) => one.id === id);
  const card = bound.find((one) => one.id === rowId.card(person));
  const number = card ? nextNumber(card) : 0;
  const code = secretsOf(person).card()[number - 1];
  const phone = bound.find((one) => one.type === 'sms');
  return {
    password: has(rowId.password(person)) ? person.password : null,
    enrolled: bound.some((one) => one.type !== 'password'),
    apps: bound.filter((one) => one.type === 'totp').flatMap((one) => appOf(one, person)),
    phone: phone ? new TextDecoder().decode(phone.secret.reveal()) : null,
    backupCode:
      has(rowId.backupCode(person)) && person.backupCode === 'kept' ? secretsOf(person).backupCode.reveal() : null,
    card: code === undefined ? null : { number, code },
  };
}

function appOf({ id, label, secret }: Authenticator, person: Person): KnownApp[] {
  const story = person.apps.find((_, index) => rowId.app(person, index) === id);
  if (story?.state === 'lost') return [];
  return [{ label, totpSecret: encodeBase32(secret.reveal()), secondsOff: story?.secondsOff ?? 0 }];
}

/** The six digits that this person's phone shows now, and for how long. A phone with a wrong clock shows wrong ones. */
export function codeShown({ totpSecret, secondsOff }: KnownApp, wall: Temporal.Instant) {
  const onThePhone = wall.add({ seconds: secondsOff });
  const secret = decodeBase32(totpSecret);
  if (!secret) throw new Error('a stored secret is no base 32');
  return {
    digits: hotp(secret, stepAt(onThePhone)),
    secondsLeft: 30 - (Math.floor(onThePhone.epochMilliseconds / 1000) % 30),
  };
}

/** What scripts read. Absent fields are things that the person does not have. */
export async function forScripts(read: Pick<Reader, 'authenticators'>, person: Person) {
  const { password, enrolled, apps, phone, backupCode, card } = await knownOf(read, person);
  const [app] = apps;
  const organisations = person.houses.map((house) => HOUSES[house].name);
  return {
    name: person.name,
    email: person.address,
    password,
    organisation: organisations[0] ?? '',
    organisations,
    role: person.role,
    language: person.language,
    story: person.story,
    enrolled,
    ...(app && { totpSecret: app.totpSecret }),
    ...(app && app.secondsOff !== 0 && { phoneClockOffBy: `PT${app.secondsOff}S`.replace('PT-', '-PT') }),
    ...(backupCode && { backupCode }),
    ...(card && { cardCode: card }),
    ...(phone && { phone }),
    ...(person.devices.length > 0 && { deviceCookie: secretsOf(person).deviceToken(0) }),
  };
}
