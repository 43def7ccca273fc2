import { Button } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import { Steps } from '#ui/prose.tsx';
import type { Words } from '#words/index.ts';
import { EXAMPLE_NOW, type Page } from '../page.ts';

/** `person`: who has given the right password. Null in the help centre, where an address is asked for. */
export type AskView = {
  person: { name: string; address: string } | null;
  /** How long an approved request waits, in hours. */
  waitHours: number;
  typed: string;
  error: string | null;
  /** Nothing can be asked for here now, and why. */
  problem: string | null;
};

/** *I can't use any of these*, and *Submit a request*: what will happen, before anything does. */
export const askPage: Page<AskView> = {
  name: 'recovery-ask',
  title: (_view, { t }) => t('recovery.heading'),
  hasError: (view) => view.error !== null || view.problem !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const back = view.person
      ? { label: t('common.back'), href: '/sign-in/verify?with=other' }
      : { label: t('help.heading'), href: '/help' };
    return (
      <DoorPage
        frame={frame}
        heading={t('recovery.heading')}
        lead={t(view.person ? 'recovery.lead' : 'recovery.lead-help')}
        account={
          view.person
            ? { label: t('recovery.account-of'), name: view.person.name, detail: view.person.address }
            : undefined
        }
        back={back}
      >
        {view.problem && (
          <Notice kind="error" announce>
            <p>{view.problem}</p>
          </Notice>
        )}
        <What view={view} words={words} />
        <Form action={view.person ? '/sign-in/recover' : '/help/request'}>
          {!view.person && (
            <Field
              name="address"
              type="email"
              label={t('sign-in.address')}
              autocomplete="username"
              value={view.typed}
              error={view.error}
              spellcheck={false}
              required
            />
          )}
          <Actions>
            <Button wide>{t('recovery.send')}</Button>
          </Actions>
        </Form>
        {view.person === null && <p class="hint">{t('recovery.better-with-password')}</p>}
      </DoorPage>
    );
  },
  examples: (words) => {
    const person = { name: 'Grace de Boer', address: 'grace@bakkerij.example' };
    const view = { person, waitHours: 24, typed: '', error: null, problem: null };
    const retryAt = EXAMPLE_NOW.add({ hours: 20 });
    return {
      known: view,
      braked: { ...view, problem: words.refusal({ refusal: 'recovery-braked', detail: { retryAt } }, EXAMPLE_NOW) },
      help: { ...view, person: null },
      'help-error': {
        ...view,
        person: null,
        typed: 'grace',
        error: words.refusal({ refusal: 'address-invalid' }, EXAMPLE_NOW),
      },
    };
  },
};

function What({ view, words: { t } }: { view: AskView; words: Words }) {
  const hours = t('common.wait-hours', { count: view.waitHours });
  return (
    <Steps
      items={[
        t(view.person ? 'recovery.what-mailbox' : 'recovery.what-mailbox-and-seen'),
        t('recovery.what-desk'),
        t('recovery.what-wait', { wait: hours }),
        t('recovery.what-wizard'),
      ]}
    />
  );
}
