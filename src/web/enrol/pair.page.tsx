import { Button, ButtonLink, PostLink } from '#ui/button.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import { Prose, Steps } from '#ui/prose.tsx';
import { Qr } from '#ui/qr.tsx';
import { SecretText } from '#ui/secret-text.tsx';
import { Wait } from '#ui/waiting.tsx';
import type { Words } from '#words/index.ts';
import type { Page } from '../page.ts';
import { exampleOf, WizardPage, type WizardView } from './wizard-page.tsx';

export type PairView = WizardView & {
  /** What the QR code holds; null once it has run out. */
  link: string | null;
  /** This device is a phone and may be the one that will hold the app. */
  onPhone: boolean;
  /** A phone has taken the code, and the person came back here. */
  paired: { name: string } | null;
  state: string;
};

/** Step 2 with the app of our own: the phone reads the QR code, and the page goes on by itself. */
export const pairPage: Page<PairView> = {
  name: 'enrol-pair',
  title: (_view, { t }) => t('approval.pair-heading'),
  hasError: (view) => view.error !== null,
  waitsAt: (view) => (view.paired || !view.link ? null : '/enrol'),
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <WizardPage view={view} words={words} frame={frame} heading={t('approval.pair-heading')}>
        {view.error && (
          <Notice kind="error" announce>
            <p>{view.error}</p>
          </Notice>
        )}
        <Way view={view} words={words} />
        <Wait at="/enrol/app/state" state={view.state} page="/enrol" />
      </WizardPage>
    );
  },
  examples: {
    computer: example({}),
    phone: example({ onPhone: true }),
    expired: example({ link: null }),
    paired: example({ paired: { name: 'Chrome on Android' } }),
  },
  person: true,
};

function Way({ view, words }: { view: PairView; words: Words }) {
  const { t } = words;
  if (view.paired)
    return (
      <>
        <Notice kind="success">
          <p>{t('approval.paired', { name: view.paired.name })}</p>
        </Notice>
        <Form action="/enrol/scanned">
          <Actions>
            <Button wide>{t('common.next')}</Button>
          </Actions>
        </Form>
        <PostLink action="/enrol/app/again">{t('approval.other-phone')}</PostLink>
      </>
    );
  if (view.link === null)
    return (
      <Form action="/enrol/app/again">
        <Notice kind="warn">
          <p>{t('approval.code-expired')}</p>
        </Notice>
        <Actions>
          <Button wide>{t('approval.new-code')}</Button>
        </Actions>
      </Form>
    );
  return view.onPhone ? <Here link={view.link} words={words} /> : <There link={view.link} words={words} />;
}

type LinkProps = { link: string; words: Words };

function There({ link, words }: LinkProps) {
  const { t } = words;
  return (
    <>
      <Steps items={[t('approval.pair-point'), t('approval.pair-open'), t('approval.pair-connect')]} />
      <Qr text={link} label={t('approval.qr-label')} />
      <Disclosure summary={t('enrol.trouble')} id="trouble">
        <Address link={link} words={words} />
      </Disclosure>
    </>
  );
}

/** A phone cannot scan its own screen. */
function Here({ link, words }: LinkProps) {
  const { t } = words;
  return (
    <>
      <Prose>
        <p>{t('approval.phone-lead')}</p>
      </Prose>
      <Actions>
        <ButtonLink href={link} wide>
          {t('approval.open-app')}
        </ButtonLink>
      </Actions>
      <section aria-labelledby="other-phone">
        <h2 class="minor-heading" id="other-phone">
          {t('enrol.phone-show-qr')}
        </h2>
        <Qr text={link} label={t('approval.qr-label')} />
      </section>
      <Disclosure summary={t('enrol.trouble')} id="trouble">
        <Address link={link} words={words} />
      </Disclosure>
    </>
  );
}

function Address({ link, words: { t } }: LinkProps) {
  return (
    <>
      <Prose>
        <p>{t('approval.by-hand')}</p>
      </Prose>
      <SecretText id="pairing-address" label={t('approval.address')} value={link} group={0} />
    </>
  );
}

function example(view: Partial<PairView>): PairView {
  const link = 'https://login.bakkerij.example/authenticator/pair#Wm9uZGVyIGZpZXRzIG5hYXIgaHVpcw';
  return { ...exampleOf(2), link, onPhone: false, paired: null, state: 'scanning', ...view };
}
