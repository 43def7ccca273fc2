import type { Reader, Writer } from '../store.ts';
import { accountsReader, accountsWriter } from './accounts.ts';
import { apiTokensReader, apiTokensWriter } from './api-tokens.ts';
import { applicationSessionsReader, applicationSessionsWriter } from './application-sessions.ts';
import { applicationsReader, applicationsWriter } from './applications.ts';
import { attemptsReader, attemptsWriter } from './attempts.ts';
import { approvalsReader, approvalsWriter } from './approvals.ts';
import { auditReader, auditWriter } from './audit.ts';
import { authenticatorsReader, authenticatorsWriter } from './authenticators.ts';
import { budgetsReader, budgetsWriter } from './budgets.ts';
import { campaignsReader, campaignsWriter } from './campaigns.ts';
import { challengesReader, challengesWriter } from './challenges.ts';
import { checkUpsReader, checkUpsWriter } from './check-ups.ts';
import { claimsWriter } from './claims.ts';
import { clockReader, clockWriter } from './clock.ts';
import { consentsReader, consentsWriter } from './consents.ts';
import type { Connection } from '../statement.ts';
import type { Context } from './context.ts';
import { devicesReader, devicesWriter } from './devices.ts';
import { endWriter } from './end.ts';
import { enrolmentsReader, enrolmentsWriter } from './enrolments.ts';
import { forwardAuthReader, forwardAuthWriter } from './forward-auth.ts';
import { helpReader, helpWriter } from './help.ts';
import { linksReader, linksWriter } from './links.ts';
import { oidcReader, oidcWriter } from './oidc.ts';
import { organisationsReader, organisationsWriter } from './organisations.ts';
import { outboxReader, outboxWriter } from './outbox.ts';
import { pairingsReader, pairingsWriter } from './pairings.ts';
import { passkeysReader, passkeysWriter } from './passkeys.ts';
import { recoveryReader, recoveryWriter } from './recovery.ts';
import { peopleReader } from './people.ts';
import { sessionsReader, sessionsWriter } from './sessions.ts';
import { signingKeysReader, signingKeysWriter } from './signing-keys.ts';
import { sweepWriter } from './sweep.ts';
import { vapidReader, vapidWriter } from './vapid.ts';

export function reader(context: Context): Reader {
  return {
    organisations: organisationsReader(context),
    accounts: accountsReader(context),
    authenticators: authenticatorsReader(context),
    campaigns: campaignsReader(context),
    attempts: attemptsReader(context),
    sessions: sessionsReader(context),
    devices: devicesReader(context),
    enrolments: enrolmentsReader(context),
    challenges: challengesReader(context),
    passkeys: passkeysReader(context),
    pairings: pairingsReader(context),
    approvals: approvalsReader(context),
    checkUps: checkUpsReader(context),
    links: linksReader(context),
    recovery: recoveryReader(context),
    budgets: budgetsReader(context),
    audit: auditReader(context),
    applications: applicationsReader(context),
    consents: consentsReader(context),
    applicationSessions: applicationSessionsReader(context),
    forwardAuth: forwardAuthReader(context),
    help: helpReader(context),
    oidc: oidcReader(context),
    signingKeys: signingKeysReader(context),
    people: peopleReader(context),
    apiTokens: apiTokensReader(context),
    outbox: outboxReader(context),
    vapid: vapidReader(context),
    clock: clockReader(context),
  };
}

/** For one transaction. `settle` is called once, before the commit. */
export function writer(context: Context): { tx: Writer; settle: () => Promise<void> } {
  const audit = auditWriter(context);
  const made = groups.get(context.on) ?? groupsOf(context);
  groups.set(context.on, made);
  return { tx: { ...made, audit: { ...made.audit, ...audit.writer } }, settle: audit.settle };
}

/** SQLite runs all its transactions on one connection, and what is made here remembers nothing from one to the next. */
const groups = new WeakMap<Connection, ReturnType<typeof groupsOf>>();

function groupsOf(context: Context) {
  return {
    organisations: { ...organisationsReader(context), ...organisationsWriter(context) },
    accounts: { ...accountsReader(context), ...accountsWriter(context) },
    authenticators: { ...authenticatorsReader(context), ...authenticatorsWriter(context) },
    claims: claimsWriter(context),
    campaigns: { ...campaignsReader(context), ...campaignsWriter(context) },
    attempts: { ...attemptsReader(context), ...attemptsWriter(context) },
    sessions: { ...sessionsReader(context), ...sessionsWriter(context) },
    devices: { ...devicesReader(context), ...devicesWriter(context) },
    enrolments: { ...enrolmentsReader(context), ...enrolmentsWriter(context) },
    challenges: { ...challengesReader(context), ...challengesWriter(context) },
    passkeys: { ...passkeysReader(context), ...passkeysWriter(context) },
    pairings: { ...pairingsReader(context), ...pairingsWriter(context) },
    approvals: { ...approvalsReader(context), ...approvalsWriter(context) },
    checkUps: { ...checkUpsReader(context), ...checkUpsWriter(context) },
    links: { ...linksReader(context), ...linksWriter(context) },
    recovery: { ...recoveryReader(context), ...recoveryWriter(context) },
    budgets: { ...budgetsReader(context), ...budgetsWriter(context) },
    audit: auditReader(context),
    applications: { ...applicationsReader(context), ...applicationsWriter(context) },
    consents: { ...consentsReader(context), ...consentsWriter(context) },
    applicationSessions: { ...applicationSessionsReader(context), ...applicationSessionsWriter(context) },
    forwardAuth: { ...forwardAuthReader(context), ...forwardAuthWriter(context) },
    help: { ...helpReader(context), ...helpWriter(context) },
    oidc: { ...oidcReader(context), ...oidcWriter(context) },
    signingKeys: { ...signingKeysReader(context), ...signingKeysWriter(context) },
    people: peopleReader(context),
    apiTokens: { ...apiTokensReader(context), ...apiTokensWriter(context) },
    outbox: { ...outboxReader(context), ...outboxWriter(context) },
    vapid: { ...vapidReader(context), ...vapidWriter(context) },
    clock: { ...clockReader(context), ...clockWriter(context) },
    end: endWriter(context),
    sweep: sweepWriter(context),
  };
}
