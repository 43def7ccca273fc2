import type { ApprovedScreen, CardShown, PressedScreen, TypedScreen, VerifyScreen } from '#authenticators/screen.ts';
import { verifyScreens } from '#authenticators/screens.ts';
import { Button, PostLink } from '#ui/button.tsx';
import { CheckBox } from '#ui/check-box.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import { NumberToType } from '#ui/number-to-type.tsx';
import { PasskeyForm } from '#ui/passkey-form.tsx';
import { Wait } from '#ui/waiting.tsx';
import type { Words } from '#words/index.ts';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type VerifyView = {
  /** The authenticator type whose field is shown. */
  method: string;
  name: string;
  address: string;
  error: string | null;
  /** The box *Remember this device for N days*; null where it is not offered. */
  remember: { days: number; checked: boolean } | null;
  /** There is something behind *Try another way*. */
  hasOthers: boolean;
  /** A code is on its way to this number, masked. */
  sentTo: string | null;
  /** A request waits for an answer of the phone, or was approved. */
  approval: { number: string; state: string; says: string; approved: boolean } | null;
  /** Where the field asks for a number of a card. */
  card: CardShown | null;
  /** A proof is asked again inside a session. */
  again: boolean;
};

const HERE = '/sign-in/verify?with=app';

/** The second step, or a proof given again: one field at a time, the others behind *Try another way*. */
export const verifyPage: Page<VerifyView> = {
  name: 'verify',
  title: (view, words) => headingOf(view, words),
  hasError: (view) => view.error !== null,
  waitsAt: (view) => (view.approval && !view.approval.approved ? HERE : null),
  body: ({ view, words, frame }) => {
    const { t } = words;
    const screen = screenOf(view);
    return (
      <DoorPage
        frame={frame}
        heading={headingOf(view, words)}
        lead={t(leadOf(view, screen))}
        account={{ label: t('sign-in.signing-in-as'), name: view.name, detail: view.address }}
        aside={
          <>
            {'send' in screen && screen.send && view.sentTo !== null && (
              <PostLink action="/sign-in/verify/text">{t(screen.send.again)}</PostLink>
            )}
            {view.hasOthers && (
              <a class="quiet-link" href="/sign-in/verify?with=other">
                {t('sign-in.another-way')}
              </a>
            )}
            {view.again && <PostLink action="/sign-in/cancel">{t('common.cancel')}</PostLink>}
          </>
        }
      >
        <Proof screen={screen} view={view} words={words} />
      </DoorPage>
    );
  },
  examples: (words) => ({
    totp: example('totp', {}),
    'app-ask': example('app', {}),
    app: example('app', { approval: { number: '481093', state: 'waiting', says: '', approved: false } }),
    'app-notified': example('app', {
      approval: { number: '481093', state: 'waiting', says: words.t('approval.push-arrived'), approved: false },
    }),
    'app-late': example('app', {
      approval: { number: '481093', state: 'waiting', says: words.t('approval.push-late'), approved: false },
    }),
    'app-two-digits': example('app', { approval: { number: '47', state: 'waiting', says: '', approved: false } }),
    'app-denied': example('app', { error: words.refusal({ refusal: 'approval-denied' }, EXAMPLE_NOW) }),
    passkey: example('passkey', {}),
    'passkey-refused': example('passkey', { error: words.refusal({ refusal: 'passkey-refused' }, EXAMPLE_NOW) }),
    'totp-slow-clock': example('totp', {
      error: words.refusal({ refusal: 'code-clock-slow', detail: { driftSeconds: 90 } }, EXAMPLE_NOW),
    }),
    'sms-ask': example('sms', {}),
    'sms-sent': example('sms', { sentTo: '•••• 123' }),
    'code-card': example('code-card', { card: { next: 7, left: 14, isLow: false } }),
    'code-card-low': example('code-card', {
      card: { next: 18, left: 3, isLow: true },
      error: words.refusal({ refusal: 'card-code-wrong', detail: { limit: 18 } }, EXAMPLE_NOW),
    }),
    'backup-code': example('backup-code', { remember: null }),
    'password-again': example('password', { hasOthers: false, remember: null, again: true }),
  }),
  person: true,
};

type ProofProps = { screen: VerifyScreen; view: VerifyView; words: Words };

function Proof({ screen, view, words }: ProofProps) {
  if ('approve' in screen) return <Approved screen={screen} view={view} words={words} />;
  if ('press' in screen) return <Pressed screen={screen} view={view} words={words} />;
  if (screen.send && view.sentTo === null) return <AskForCode screen={screen.send} error={view.error} words={words} />;
  const { t } = words;
  return (
    <Form action="/sign-in/verify" hidden={{ method: view.method }}>
      <screen.Answer words={words} error={view.error} sentTo={view.sentTo} card={view.card} />
      <Remember view={view} words={words} />
      <Actions>
        <Button wide>{t(view.method === 'password' ? 'common.continue' : 'sign-in.verify')}</Button>
      </Actions>
    </Form>
  );
}

function Pressed({ screen, view, words }: ProofProps & { screen: PressedScreen }) {
  const { t } = words;
  return (
    <PasskeyForm
      does="use"
      action={`/sign-in/verify/${view.method}`}
      options={`/sign-in/verify/${view.method}/options`}
      button={t(screen.press.button)}
      failed={t(screen.press.failed)}
      error={view.error}
      without={<p>{t(screen.press.without)}</p>}
    >
      <Remember view={view} words={words} />
    </PasskeyForm>
  );
}

/** The number, and a form that goes off by itself once the phone has said yes; without scripts it is a button. */
function Approved({ screen: { approve }, view, words }: ProofProps & { screen: ApprovedScreen }) {
  const { t } = words;
  const { approval } = view;
  if (!approval)
    return (
      <Form action="/sign-in/verify/app">
        <Problem error={view.error} />
        <Actions>
          <Button wide>{t(view.error ? approve.again : approve.button)}</Button>
        </Actions>
      </Form>
    );
  return (
    <>
      <Problem error={view.error} />
      {!approval.approved && (
        <NumberToType label={t(approve.number)} digits={approval.number} says={approval.says}>
          <p class="hint">{t(approve.without)}</p>
        </NumberToType>
      )}
      <Form action="/sign-in/verify/app/done" id="approved">
        <Remember view={view} words={words} />
        <Actions>
          <Button wide kind={approval.approved ? 'primary' : 'quiet'}>
            {t(approval.approved ? 'common.continue' : approve.next)}
          </Button>
        </Actions>
      </Form>
      <Wait at="/sign-in/verify/app/state" state={approval.state} page={HERE} />
    </>
  );
}

function Problem({ error }: { error: string | null }) {
  return (
    error && (
      <Notice kind="error" announce>
        <p>{error}</p>
      </Notice>
    )
  );
}

function leadOf(view: VerifyView, screen: VerifyScreen) {
  if (view.again && view.method === 'totp') return 'sign-in.code-again-lead';
  return 'approve' in screen && view.approval ? screen.approve.waitingLead : screen.lead;
}

function Remember({ view, words: { t } }: Omit<ProofProps, 'screen'>) {
  return (
    view.remember && (
      <CheckBox
        name="remember"
        label={t('sign-in.remember', { count: view.remember.days })}
        description={t('sign-in.remember-description')}
        checked={view.remember.checked}
      />
    )
  );
}

function AskForCode(props: { screen: NonNullable<TypedScreen['send']>; error: string | null; words: Words }) {
  const { screen, error, words } = props;
  return (
    <Form action="/sign-in/verify/text">
      {error && (
        <Notice kind="error" announce>
          {error}
        </Notice>
      )}
      <Actions>
        <Button wide>{words.t(screen.button)}</Button>
      </Actions>
    </Form>
  );
}

function screenOf(view: VerifyView): VerifyScreen {
  const screen = verifyScreens[view.method];
  if (!screen) throw new Error(`No screen for ${view.method}`);
  return screen;
}

function headingOf(view: VerifyView, { t }: Words): string {
  return t(view.method === 'password' ? 'sign-in.password-again-heading' : 'sign-in.second-step-heading');
}

function example(method: string, view: Partial<VerifyView>): VerifyView {
  return {
    method,
    name: 'Grace de Boer',
    address: 'grace@bakkerij.example',
    error: null,
    remember: { days: 30, checked: false },
    hasOthers: true,
    sentTo: null,
    approval: null,
    card: null,
    again: false,
    ...view,
  };
}
