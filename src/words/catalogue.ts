import enAccount from './en/account.json' with { type: 'json' };
import enApplications from './en/applications.json' with { type: 'json' };
import enApproval from './en/approval.json' with { type: 'json' };
import enAuthenticator from './en/authenticator.json' with { type: 'json' };
import enAdmin from './en/admin.json' with { type: 'json' };
import enCommon from './en/common.json' with { type: 'json' };
import enDesk from './en/desk.json' with { type: 'json' };
import enEnrol from './en/enrol.json' with { type: 'json' };
import enErrors from './en/errors.json' with { type: 'json' };
import enForwardAuth from './en/forward-auth.json' with { type: 'json' };
import enHelp from './en/help.json' with { type: 'json' };
import enMail from './en/mail.json' with { type: 'json' };
import enPasskey from './en/passkey.json' with { type: 'json' };
import enPortal from './en/portal.json' with { type: 'json' };
import enRecovery from './en/recovery.json' with { type: 'json' };
import enRefusals from './en/refusals.json' with { type: 'json' };
import enSignIn from './en/sign-in.json' with { type: 'json' };
import nlAccount from './nl/account.json' with { type: 'json' };
import nlApplications from './nl/applications.json' with { type: 'json' };
import nlApproval from './nl/approval.json' with { type: 'json' };
import nlAuthenticator from './nl/authenticator.json' with { type: 'json' };
import nlAdmin from './nl/admin.json' with { type: 'json' };
import nlCommon from './nl/common.json' with { type: 'json' };
import nlDesk from './nl/desk.json' with { type: 'json' };
import nlEnrol from './nl/enrol.json' with { type: 'json' };
import nlErrors from './nl/errors.json' with { type: 'json' };
import nlForwardAuth from './nl/forward-auth.json' with { type: 'json' };
import nlHelp from './nl/help.json' with { type: 'json' };
import nlMail from './nl/mail.json' with { type: 'json' };
import nlPasskey from './nl/passkey.json' with { type: 'json' };
import nlPortal from './nl/portal.json' with { type: 'json' };
import nlRecovery from './nl/recovery.json' with { type: 'json' };
import nlRefusals from './nl/refusals.json' with { type: 'json' };
import nlSignIn from './nl/sign-in.json' with { type: 'json' };

const en = {
  common: enCommon,
  'sign-in': enSignIn,
  enrol: enEnrol,
  account: enAccount,
  applications: enApplications,
  passkey: enPasskey,
  approval: enApproval,
  authenticator: enAuthenticator,
  portal: enPortal,
  'forward-auth': enForwardAuth,
  recovery: enRecovery,
  desk: enDesk,
  admin: enAdmin,
  help: enHelp,
  errors: enErrors,
  mail: enMail,
  refusals: enRefusals,
};

type English = typeof en;
type Place = keyof English;

/** Every place of the English catalogue, with every one of its keys: what a translation must have to compile. */
type Translation = { [P in Place]: { [K in keyof English[P]]: string } };

const nl: Translation = {
  common: nlCommon,
  'sign-in': nlSignIn,
  enrol: nlEnrol,
  account: nlAccount,
  applications: nlApplications,
  passkey: nlPasskey,
  approval: nlApproval,
  authenticator: nlAuthenticator,
  portal: nlPortal,
  'forward-auth': nlForwardAuth,
  recovery: nlRecovery,
  desk: nlDesk,
  admin: nlAdmin,
  help: nlHelp,
  errors: nlErrors,
  mail: nlMail,
  refusals: nlRefusals,
};

/** The languages, best known first, each under its own name. A new one is a folder and a line here. */
export const CATALOGUES = {
  en: { label: 'English', locale: 'en-GB', sentences: en },
  nl: { label: 'Nederlands', locale: 'nl-NL', sentences: nl },
} as const;

export type Lang = keyof typeof CATALOGUES;

/** `place.name`, without the plural endings: the code says `laters-left`, the catalogue `laters-left_one`. */
export type Key = { [P in Place]: `${P}.${Singular<keyof English[P] & string>}` }[Place];

/** Keys that are there once per number: they are asked for with a `count`, or the key itself would be shown. */
export type PluralKey = { [P in Place]: `${P}.${Base<keyof English[P] & string>}` }[Place];

type Base<K extends string> = K extends `${infer B}_other` ? B : never;

type Singular<K extends string> = K extends `${infer Base}_${Intl.LDMLPluralRule}` ? Base : K;

/** One flat table for i18next: `{ 'sign-in.heading': '…' }`. */
export function sentencesOf(lang: Lang): Record<string, string> {
  const places: Record<string, Record<string, string>> = CATALOGUES[lang].sentences;
  return Object.fromEntries(
    Object.entries(places).flatMap(([place, sentences]) =>
      Object.entries(sentences).map(([name, sentence]) => [`${place}.${name}`, sentence]),
    ),
  );
}
