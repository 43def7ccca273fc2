import { admittedGroups } from '#core/application/admit.ts';
import type { Rule } from '#core/application/rule.ts';
import type { DoorAnswer } from '#http/door.ts';
import type { Presence } from '#flows/presence.ts';

/** Sent with every answer that lets somebody in, also empty: what a stranger sent under these names is overwritten. */
export const NAMES = ['Remote-User', 'Remote-Groups', 'Remote-Email', 'Remote-Name', 'Remote-Acr'] as const;

export const NOBODY: DoorAnswer = letIn(NAMES.flatMap((name) => [name, '']));

/**
 * Who it is, for the application. The user is the account's id: it never changes and never becomes somebody else's, which
 * an address may. Groups are those of the organisations the application is for.
 */
export function identity(presence: Presence, rules: readonly Rule[]): DoorAnswer {
  const groups = new Set(rules.flatMap(({ application }) => admittedGroups(application, presence.belongings)));
  const values: Record<(typeof NAMES)[number], string> = {
    'Remote-User': plain(presence.account),
    'Remote-Groups': [...groups].map((group) => plain(group).replaceAll(',', '%2C')).join(','),
    'Remote-Email': plain(presence.email),
    'Remote-Name': plain(presence.name),
    'Remote-Acr': presence.assertion?.acr ?? '',
  };
  return letIn(NAMES.flatMap((name) => [name, values[name]]));
}

function letIn(headers: string[]): DoorAnswer {
  return { status: 200, headers: [...headers, 'cache-control', 'no-store', 'content-length', '0'] };
}

/**
 * Printable ASCII as it is, everything else and `%` percent-encoded as UTF-8 (RFC 3986 §2.1): a header has no character
 * set (RFC 9110 §5.5), and a name that was typed by somebody must not end it.
 */
export function plain(text: string): string {
  return text.toWellFormed().replace(/[^\x20-\x24\x26-\x7e]+/gu, encodeURIComponent);
}
