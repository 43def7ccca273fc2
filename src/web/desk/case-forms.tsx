import { SEEN_MOST_CHARACTERS, REASON_MOST_CHARACTERS } from '#flows/recovery/desk.ts';
import { Button } from '#ui/button.tsx';
import { Choices } from '#ui/choices.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Section } from '#ui/section.tsx';
import type { Words } from '#words/index.ts';
import type { CaseView } from './case-view.ts';

type Props = { view: CaseView; words: Words };

/** What was seen, in a few words: evidence for whoever looks at it later, and never a number. */
export function RecordCheck({ view, words: { t } }: Props) {
  const error = (on: 'kind' | 'seen') => (view.errors?.on === on ? view.errors.sentence : null);
  const missing = view.checks.find(({ seen }) => !seen?.passed)?.kind ?? view.checks[0]?.kind ?? null;
  return (
    <Form action={`/desk/cases/${view.id}/checks`}>
      <Choices
        name="kind"
        legend={t('desk.record-which')}
        value={view.typed.kind || missing}
        error={error('kind')}
        options={view.checks.map(({ kind }) => ({
          value: kind,
          title: t(`desk.check-${kind}`),
          cost: t(`desk.check-${kind}-how`),
        }))}
      />
      <Field
        name="seen"
        label={t('desk.record-seen')}
        hint={t('desk.record-seen-hint')}
        value={view.typed.seen}
        error={error('seen')}
        maxlength={SEEN_MOST_CHARACTERS}
        required
      />
      <Actions>
        <Button kind={view.may === 'approve' ? 'quiet' : 'primary'} name="outcome" value="passed">
          {t('desk.record')}
        </Button>
        <Button kind="quiet" name="outcome" value="failed">
          {t('desk.record-failed')}
        </Button>
      </Actions>
    </Form>
  );
}

/** Approve, reject, close the account: the first takes two people, the others one. */
export function Decisions({ view, words: { t } }: Props) {
  const reason = (on: 'reject' | 'freeze') => (view.errors?.on === on ? view.errors.sentence : null);
  return (
    <Section id="decision" heading={t('desk.decision')} intro={<p>{t('desk.decision-lead')}</p>}>
      {view.may === 'approve' && (
        <Form action={`/desk/cases/${view.id}/approve`} hidden={{ digest: view.digest }}>
          <p>{view.approvedBy ? t('desk.approved-by', { name: view.approvedBy }) : t('desk.approve-first')}</p>
          <Actions>
            <Button>{t('desk.approve')}</Button>
          </Actions>
        </Form>
      )}
      {view.mayReject && (
        <Disclosure summary={t('desk.reject-open')} open={reason('reject') !== null}>
          <Form action={`/desk/cases/${view.id}/reject`}>
            <Field
              name="reason"
              id="reject-reason"
              label={t('desk.reason')}
              hint={t('desk.reason-read')}
              error={reason('reject')}
              maxlength={REASON_MOST_CHARACTERS}
              required
            />
            <Actions>
              <Button kind="danger">{t('desk.reject')}</Button>
            </Actions>
          </Form>
        </Disclosure>
      )}
      <Disclosure summary={t('desk.freeze-open')} open={reason('freeze') !== null}>
        <p>{t('desk.freeze-lead')}</p>
        <Form action={`/desk/cases/${view.id}/freeze`}>
          <Field
            name="reason"
            id="freeze-reason"
            label={t('desk.freeze-reason')}
            error={reason('freeze')}
            maxlength={REASON_MOST_CHARACTERS}
            required
          />
          <Actions>
            <Button kind="danger">{t('desk.freeze')}</Button>
          </Actions>
        </Form>
      </Disclosure>
    </Section>
  );
}
