import type { Recovery } from '#core/recovery/state.ts';
import type { Words } from '#words/index.ts';

export type Stage = 1 | 2 | 3 | 4;

/** "2 of 4: an agent is looking at it"; null when there is nothing more to come. */
export function stageOf({ at }: Recovery): Stage | null {
  switch (at) {
    case 'opened':
    case 'mailbox-confirmed':
      return 1;
    case 'second-proof':
    case 'claimed':
    case 'checked':
    case 'approved':
      return 2;
    case 'waiting':
      return 3;
    case 'ready':
      return 4;
    case 'redeemed':
    case 'rejected':
    case 'cancelled':
    case 'expired':
      return null;
  }
}

/** The whole road, with what is behind and where the request stands. */
export function Stages({ stage, words: { t } }: { stage: Stage; words: Words }) {
  const all = ['proofs', 'desk', 'wait', 'set-up'] as const;
  return (
    <ol class="stages" aria-label={t('recovery.stages')}>
      {all.map((name, index) => {
        const at = index + 1;
        const when = at < stage ? 'done' : at === stage ? 'here' : 'to-come';
        return (
          <li key={name} class={`stage ${when}`} aria-current={when === 'here' ? 'step' : undefined}>
            {t(`recovery.stage-${name}`)}
          </li>
        );
      })}
    </ol>
  );
}
