import type { Words } from '#words/index.ts';
import { EXAMPLE_NOW } from '../page.ts';
import type { CaseView } from './case-view.ts';

const hours = (count: number) => EXAMPLE_NOW.subtract({ hours: count });

export function exampleCase(words: Words): Record<string, CaseView> {
  const errors = { on: 'seen', sentence: words.refusal({ refusal: 'seen-has-number' }, EXAMPLE_NOW) } as const;
  return {
    'to-claim': claimed({ at: 'second-proof', may: 'claim', mayRecord: false, checks: nothingSeen(), history: [] }),
    claimed: claimed({}),
    'with-error': claimed({ typed: { kind: 'called-back', seen: 'passport 12345678' }, errors }),
    approved: claimed({ at: 'approved', may: 'approve', approvedBy: 'Arthur Bell', checks: allSeen() }),
    waiting: claimed({ at: 'waiting', readyAt: EXAMPLE_NOW.add({ hours: 20 }), mayRecord: false, checks: allSeen() }),
    forbidden: claimed({
      may: null,
      mayRecord: false,
      mayReject: false,
      forbidden: words.refusal({ refusal: 'administrators-only' }, EXAMPLE_NOW),
    }),
  };
}

function claimed(view: Partial<CaseView>): CaseView {
  return {
    id: 'case',
    name: 'Ad Verloren',
    number: '481516',
    address: 'ad.verloren@bakkerij.example',
    organisation: 'Bakkerij van Dam',
    bound: [{ type: 'Bakkerij van Dam, jun 2026', boundAt: hours(400) }],
    at: 'claimed',
    readyAt: null,
    proofs: [
      { kind: 'password', at: hours(30), by: '' },
      { kind: 'mailbox', at: hours(29), by: '' },
    ],
    checks: [
      {
        kind: 'same-number',
        seen: { passed: true, text: 'Read out correctly on the phone.', by: 'Arthur Bell', at: hours(1) },
      },
      { kind: 'called-back', seen: null },
    ],
    risks: ['asked-before'],
    history: [
      { at: hours(30), what: 'opened', by: '' },
      { at: hours(29), what: 'mailbox-confirmed', by: '' },
      { at: hours(2), what: 'claimed', by: 'Arthur Bell' },
      { at: hours(1), what: 'check-recorded', by: 'Arthur Bell' },
    ],
    digest: 'digest',
    approvedBy: null,
    may: 'look',
    mayRecord: true,
    mayReject: true,
    forbidden: null,
    typed: { kind: '', seen: '' },
    errors: null,
    ...view,
  };
}

function nothingSeen(): CaseView['checks'] {
  return [
    { kind: 'same-number', seen: null },
    { kind: 'called-back', seen: null },
  ];
}

function allSeen(): CaseView['checks'] {
  const seen = { passed: true, by: 'Arthur Bell', at: hours(1) };
  return [
    { kind: 'same-number', seen: { ...seen, text: 'Read out correctly on the phone.' } },
    { kind: 'called-back', seen: { ...seen, text: 'Called the number in the personnel file; knew the last shift.' } },
  ];
}
