import { createHash } from 'node:crypto';
import { makeBackupCode } from '#authenticators/backup-code/code.ts';
import { makeCodes } from '#authenticators/code-card/card.ts';
import { SECRET_BYTES } from '#authenticators/totp/secret.ts';
import { DEFAULT_POLICY } from '#core/policy/policy.ts';
import type { Role } from '#store/rows.ts';
import { HOUSES, type House } from './organisations.ts';

/** Somebody with one line of story. All days count from the start of the demonstration: −2 is the day before yesterday. */
export type Person = {
  /** Local part of the address, and the name of the account. */
  id: string;
  name: string;
  address: string;
  password: string;
  language: 'en' | 'nl';
  story: string;
  /** The main employer first; none for somebody between two jobs. */
  houses: readonly House[];
  role: Role;
  disabled: boolean;
  /** False: the address was never confirmed. */
  confirmed: boolean;
  /** A second, confirmed address. */
  secondAddress: string | null;
  joinedOn: number;
  /** Days on which the person was in, oldest first. */
  signIns: readonly number[];
  /** *Remind me later* was chosen. */
  later: readonly { house: House; on: number }[];
  extension: { house: House; untilDay: number; reason: string } | null;
  exemption: { house: House; untilDay: number; reason: string } | null;
  apps: readonly App[];
  /** E.164; a number that is kept free for fiction. */
  phone: string | null;
  backupCode: 'none' | 'kept' | 'lost' | 'spent';
  /** A card of numbered codes on paper. */
  card: { boundOn: number; used: number } | null;
  devices: readonly Device[];
  /** Since then the account has changed: what was remembered before is dead. */
  changedOn: number | null;
  /** The day on which the person asked to get back in, with the password and the mailbox proved. */
  askedBackIn: number | null;
  /** What strangers have done today. */
  guessed: 'nothing' | 'codes' | 'passwords';
};

export type App = {
  label: string;
  boundOn: number;
  /** How far the phone's clock is off; negative is slow. */
  secondsOff: number;
  /** `lost`: bound, and nobody has the phone. `switched-off`: after a hundred refused codes in a row. */
  state: 'working' | 'lost' | 'switched-off';
};

export type Device = { userAgent: string; rememberedOn: number };

type Facts = Partial<Omit<Person, 'id' | 'name' | 'address' | 'story' | 'houses' | 'apps'>> & {
  houses?: readonly House[];
  apps?: readonly Partial<App>[];
};

/** Most people: at one employer for a year, in last week, and nothing else to tell. */
export function person(house: House, id: string, name: string, story: string, facts: Facts = {}): Person {
  const address = `${id}@${house}.example`;
  const { language } = HOUSES[house];
  return {
    id,
    name,
    address,
    password: fourWords(address, facts.language ?? language),
    language,
    story,
    houses: [house],
    role: 'member',
    disabled: false,
    confirmed: true,
    secondAddress: null,
    joinedOn: -400,
    signIns: [-63, -35],
    later: [],
    extension: null,
    exemption: null,
    phone: null,
    backupCode: 'none',
    card: null,
    devices: [],
    changedOn: null,
    askedBackIn: null,
    guessed: 'nothing',
    ...facts,
    apps: (facts.apps ?? []).map((app) => ({
      label: HOUSES[house].name,
      boundOn: -14,
      secondsOff: 0,
      state: 'working',
      ...app,
    })),
  };
}

/** Somebody who has everything: app, backup code on paper, a habit of signing in. */
export const enrolled = {
  apps: [{}],
  backupCode: 'kept',
  signIns: [-21, -14, -6, -2],
} satisfies Facts;

/**
 * What only the person has. Made from the address, so that a demonstration that is started again over kept data still
 * knows it, and an entry in a real phone stays good. Only made-up people can have such secrets.
 */
export function secretsOf({ address }: Pick<Person, 'address'>) {
  return {
    totp: (index: number) => bytesFrom(`${address} app ${index}`, SECRET_BYTES),
    backupCode: makeBackupCode((size) => bytesFrom(`${address} backup code`, size)),
    card: () => {
      let drawn = 0;
      return makeCodes(DEFAULT_POLICY.codesOnCard, (size) => bytesFrom(`${address} card ${(drawn += 1)}`, size));
    },
    deviceToken: (index: number) => Buffer.from(bytesFrom(`${address} device ${index}`, 32)).toString('base64url'),
  };
}

function bytesFrom(text: string, size: number): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(`demonstration: ${text}`).digest().subarray(0, size));
}

const WORDS = {
  en: `anchor apricot attic barley beacon bramble bucket button candle canvas cellar chimney cobble copper cradle
    curtain drizzle ember falcon feather ferry fiddle flannel gravel hammock harbour hazel kettle ladder lantern
    marble meadow mitten mustard nutmeg orchard paddle pebble pepper pigeon pillow quarry ribbon saddle saffron
    shutter slipper sparrow spindle teapot thimble thistle timber trumpet turnip velvet walnut whistle willow window`,
  nl: `aardbei appelboom baksteen bezem blaasbalg bloempot boekenkast borstel dakgoot deurmat eekhoorn emmer fietsbel
    garnaal gieter gordijn haring havik hooiberg kachel kaars kanarie karton klomp knikker koekoek krijtje kruiwagen
    kussen ladder lantaarn lepel mandarijn mosterd mutsje naald orgel paddenstoel paraplu peper pindakaas puzzel
    radijs regenton rozijn schommel sleutel slinger spijker stoep theedoek tulp veter vlieger walnoot wortel zadel`,
};

/** Four words that have nothing to do with each other: strong, and easy to type. */
function fourWords(address: string, language: 'en' | 'nl'): string {
  const words = WORDS[language].split(/\s+/);
  const drawn = bytesFrom(`${address} password`, 4);
  return Array.from(drawn, (byte) => words.splice(byte % words.length, 1)[0]).join('-');
}
