import type { RequestFacts } from '#flows/recovery/member.ts';
import { Button, PostLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import type { Words } from '#words/index.ts';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { ReadOut } from './read-out.tsx';
import { Stages, stageOf } from './stages.tsx';

/** `token`: of this page's own address. */
export type RequestView = RequestFacts & { token: string; origin: string; error: string | null };

/** *Your request*: where it is, what is asked of the person now, the number that both sides see, and the way to stop it. */
export const requestPage: Page<RequestView> = {
  name: 'recovery-request',
  title: (_view, { t }) => t('recovery.request-heading'),
  hasError: (view) => view.error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const stage = stageOf(view.state);
    return (
      <DoorPage
        frame={frame}
        heading={t('recovery.request-heading')}
        lead={stage ? t('recovery.stage-of', { step: stage, of: 4, what: stateWords(view, words) }) : undefined}
        aside={stage !== null && <PostLink action={`/recovery/${view.token}/cancel`}>{t('recovery.cancel')}</PostLink>}
        turns={view.state.at === 'redeemed' ? 2 : 1}
      >
        {view.error && (
          <Notice kind="error" announce>
            <p>{view.error}</p>
          </Notice>
        )}
        {stage ? <Stages stage={stage} words={words} /> : <Over view={view} words={words} />}
        {stage !== null && stage < 3 && (
          <ReadOut number={view.number} label={t('recovery.number')} hint={t('recovery.number-hint')} />
        )}
        <Now view={view} words={words} />
      </DoorPage>
    );
  },
  examples: {
    opened: example({}),
    proved: example({ state: { at: 'second-proof', facts: exampleFacts() } }),
    claimed: example({ state: { at: 'claimed', facts: exampleFacts(), agent: 'arthur' } }),
    waiting: example({
      state: {
        at: 'waiting',
        facts: exampleFacts(),
        approvals: [],
        since: EXAMPLE_NOW,
        readyAt: EXAMPLE_NOW.add({ hours: 24 }),
      },
    }),
    ready: example({ state: { at: 'ready', facts: exampleFacts(), approvals: [], since: EXAMPLE_NOW } }),
    rejected: example({
      state: {
        at: 'rejected',
        facts: exampleFacts(),
        by: 'arthur',
        reason: 'We could not reach you at the number we know. Please come by.',
      },
    }),
    cancelled: example({ state: { at: 'cancelled', facts: exampleFacts(), by: 'link' } }),
    'signed-in': example({ state: { at: 'cancelled', facts: exampleFacts(), by: 'signed-in' } }),
    'in-person': example({ inPersonOnly: true, vouchers: 1 }),
  },
};

function stateWords({ state }: RequestView, { t }: Words): string {
  switch (state.at) {
    case 'opened':
    case 'mailbox-confirmed':
      return t('recovery.at-proving');
    case 'second-proof':
      return t('recovery.at-queue');
    case 'claimed':
    case 'checked':
    case 'approved':
      return t('recovery.at-desk');
    case 'waiting':
      return t('recovery.at-waiting');
    default:
      return t('recovery.at-ready');
  }
}

/** What the person can do at this moment; often nothing but wait, and then that is said. */
function Now({ view, words }: { view: RequestView; words: Words }) {
  const { t } = words;
  const { state, organisation } = view;
  switch (state.at) {
    case 'opened':
    case 'mailbox-confirmed':
      return <Prove view={view} words={words} />;
    case 'second-proof':
    case 'claimed':
    case 'checked':
    case 'approved':
      return <p>{t('recovery.now-desk', { organisation })}</p>;
    case 'waiting':
      return (
        <Notice kind="warn" heading={t('recovery.now-waiting', { until: words.instant(state.readyAt) })}>
          <p>{t('recovery.now-waiting-why')}</p>
        </Notice>
      );
    case 'ready':
      return (
        <Form action={`/recovery/${view.token}/pass`}>
          <p>{t('recovery.now-ready')}</p>
          <Actions>
            <Button wide>{t('recovery.get-pass')}</Button>
          </Actions>
        </Form>
      );
    default:
      return null;
  }
}

function Prove({ view, words: { t } }: { view: RequestView; words: Words }) {
  const { proofs } = view.state.facts;
  const needsMailbox = !proofs.some(({ kind }) => kind === 'mailbox') && !view.inPersonOnly;
  const needsSeeing = view.inPersonOnly || !proofs.some(({ kind }) => kind === 'password');
  return (
    <div class="prose">
      {needsMailbox && <p>{t('recovery.now-mailbox')}</p>}
      {needsSeeing && <p>{t(view.inPersonOnly ? 'recovery.now-two-see' : 'recovery.now-one-sees')}</p>}
      <p>{t('recovery.now-seen-how', { address: `${view.origin}/vouch` })}</p>
      {view.vouchers > 0 && <p>{t('recovery.vouched', { count: view.vouchers })}</p>}
    </div>
  );
}

function Over({ view, words: { t } }: { view: RequestView; words: Words }) {
  const { state, organisation, contact } = view;
  switch (state.at) {
    case 'redeemed':
      return <Notice kind="success" heading={t('recovery.over-redeemed')} />;
    case 'rejected':
      return (
        <Notice kind="error" heading={t('recovery.over-rejected', { organisation })}>
          <p>{state.reason}</p>
          {contact && <p>{t('sign-in.because-contact', { contact })}</p>}
        </Notice>
      );
    case 'cancelled':
      // Whoever asked lost everything to sign in with: a sign-in with two steps meanwhile is theirs, or a thief's.
      return state.by === 'signed-in' ? (
        <Notice kind="warn" heading={t('recovery.over-signed-in')}>
          <p>{t('recovery.over-signed-in-what')}</p>
        </Notice>
      ) : (
        <Notice kind="info" heading={t('recovery.over-cancelled')}>
          <p>{t('recovery.over-cancelled-what')}</p>
        </Notice>
      );
    default:
      return <Notice kind="info" heading={t('recovery.over-expired')} />;
  }
}

function exampleFacts() {
  return {
    openedAt: EXAMPLE_NOW,
    proofs: [
      { kind: 'password' as const, at: EXAMPLE_NOW },
      { kind: 'mailbox' as const, at: EXAMPLE_NOW },
    ],
    checks: [],
  };
}

function example(view: Partial<RequestView>): RequestView {
  return {
    number: '481516',
    started: 'second-step',
    state: {
      at: 'opened',
      facts: { openedAt: EXAMPLE_NOW, proofs: [{ kind: 'password', at: EXAMPLE_NOW }], checks: [] },
    },
    vouchers: 0,
    inPersonOnly: false,
    organisation: 'Bakkerij van Dam',
    contact: 'personeel@bakkerij.example',
    token: 'token',
    origin: 'https://id.bakkerij.example',
    error: null,
    ...view,
  };
}
