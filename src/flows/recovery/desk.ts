import { CHECKS, type CheckKind, type RecoveryEvent } from '#core/recovery/state.ts';
import { type Refused, refuse } from '#core/refusal.ts';
import type { Browser } from '../advance.ts';
import type { Deps } from '../deps.ts';
import type { Who } from '../session.ts';
import { put, stepCase } from './case.ts';
import { refusesHelper, refusesSamePerson } from './standing.ts';

export const SEEN_MOST_CHARACTERS = 200;
export const REASON_MOST_CHARACTERS = 400;

/** At the desk, every step: by whom, in which request, and what was seen or decided. */
type AtDesk = { deps: Deps; browser: Browser; who: Who; id: string };

export function claimCase(at: AtDesk): Promise<Refused | null> {
  return byHelper(at, { type: 'claimed', by: helperOf(at) });
}

/** What was seen and by whom. Numbers of documents are refused: what is not kept cannot be stolen. */
export function recordCheck(
  at: AtDesk,
  input: { kind: string; passed: boolean; seen: string },
): Promise<Refused | null> {
  const kind: CheckKind | undefined = CHECKS.find((one) => one === input.kind);
  const seen = tidy(input.seen, SEEN_MOST_CHARACTERS);
  if (!kind) return Promise.resolve(refuse('choice-missing'));
  if (seen === '') return Promise.resolve(refuse('seen-missing'));
  if (/\d(?:[\s./-]*\d){4}/.test(seen)) return Promise.resolve(refuse('seen-has-number'));
  return byHelper(at, { type: 'check-recorded', check: { kind, passed: input.passed, seen, by: helperOf(at) } });
}

/** `digest`: of what was on the page that was looked at. */
export function approveCase(at: AtDesk, digest: string): Promise<Refused | null> {
  return byHelper(at, { type: 'approved', by: helperOf(at), digest });
}

export function rejectCase(at: AtDesk, input: { reason: string }): Promise<Refused | null> {
  const reason = tidy(input.reason, REASON_MOST_CHARACTERS);
  if (reason === '') return Promise.resolve(refuse('reason-missing'));
  return byHelper(at, { type: 'rejected', by: helperOf(at), reason });
}

function byHelper({ deps, browser, who, id }: AtDesk, event: RecoveryEvent): Promise<Refused | null> {
  const helper = who.session.account;
  if (!who.isFresh) return Promise.resolve(refuse('fresh-proof-required'));
  return stepCase(deps, { id, origin: browser.origin, actor: helper }, async (scene) => {
    const { tx, facts, row, now } = scene;
    const refused = await refusesHelper(tx, helper, facts, row.organisation, now);
    const first = event.type === 'approved' && row.state.at === 'approved' ? [row.state.first.by] : [];
    return refused ?? (await refusesSamePerson(tx, helper, first)) ?? put(scene, event);
  });
}

function helperOf({ who }: AtDesk): string {
  return who.session.account;
}

function tidy(text: string, most: number): string {
  return [...text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()].slice(0, most).join('');
}
