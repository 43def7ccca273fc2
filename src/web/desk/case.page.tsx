import { Button } from '#ui/button.tsx';
import { Beside } from '#ui/beside.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { List, Row } from '#ui/list.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/section.tsx';
import { Time } from '#ui/time.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import type { Words } from '#words/index.ts';
import type { Page } from '../page.ts';
import { ReadOut } from '../recovery/read-out.tsx';
import { exampleCase } from './case.examples.ts';
import { Decisions, RecordCheck } from './case-forms.tsx';
import type { CaseView } from './case-view.ts';
import { DeskNav } from './nav.tsx';

/** One request: what is proved, what was seen and by whom, and what this agent may do now. */
export const casePage: Page<CaseView> = {
  name: 'desk-case',
  title: (view) => view.name,
  hasError: (view) => view.errors !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <WidePage frame={frame} heading={view.name} lead={<DeskNav at="case" words={words} />}>
        {view.errors?.on === 'page' && (
          <Notice kind="error" announce>
            <p>{view.errors.sentence}</p>
          </Notice>
        )}
        <Beside side={<About view={view} words={words} />}>
          <Section id="state" heading={t(`desk.at-${view.at}`)} intro={<p>{t(`desk.next-${view.at}`)}</p>}>
            <ReadOut number={view.number} label={t('desk.same-number')} hint={t('desk.same-number-hint')} />
            {view.readyAt && <p>{t('desk.ready-at', { until: words.instant(view.readyAt) })}</p>}
            {view.may === 'claim' && (
              <Form action={`/desk/cases/${view.id}/claim`}>
                <Actions>
                  <Button>{t('desk.claim')}</Button>
                </Actions>
              </Form>
            )}
            {view.forbidden && (
              <Notice kind="warn">
                <p>{view.forbidden}</p>
              </Notice>
            )}
          </Section>
          <Proofs view={view} words={words} />
          <Checks view={view} words={words} />
          {view.may !== null && <Decisions view={view} words={words} />}
          <History view={view} words={words} />
        </Beside>
      </WidePage>
    );
  },
  examples: exampleCase,
  person: true,
};

function About({ view, words }: { view: CaseView; words: Words }) {
  const { t } = words;
  return (
    <>
      <Section id="owner" heading={t('desk.owner')}>
        <List label={t('desk.owner')}>
          <Row title={view.address} detail={view.organisation} />
          {view.bound.map(({ type, boundAt }) => (
            <Row
              key={`${type}${boundAt.toString()}`}
              title={type}
              meta={<Time at={boundAt}>{t('account.added', { date: words.shortDate(boundAt) })}</Time>}
            />
          ))}
        </List>
      </Section>
      {view.risks.length > 0 && (
        <Section id="risks" heading={t('desk.look-twice')}>
          <ul class="plain-list">
            {view.risks.map((risk) => (
              <li key={risk}>{t(`desk.risk-is-${risk}`)}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Proofs({ view, words }: { view: CaseView; words: Words }) {
  const { t } = words;
  return (
    <Section id="proofs" heading={t('desk.proofs')}>
      <List label={t('desk.proofs')}>
        {view.proofs.map(({ kind, at, by }) => (
          <Row
            key={`${kind}${by}${at.toString()}`}
            icon="check"
            title={t(`desk.proof-${kind}`, { name: by })}
            meta={<Time at={at}>{words.instant(at)}</Time>}
          />
        ))}
        {view.proofs.length === 0 && <Row title={t('desk.no-proofs')} />}
      </List>
    </Section>
  );
}

function Checks({ view, words }: { view: CaseView; words: Words }) {
  const { t } = words;
  return (
    <Section id="checks" heading={t('desk.checks')} intro={<p>{t('desk.checks-lead')}</p>}>
      <List label={t('desk.checks')}>
        {view.checks.map(({ kind, seen }) => (
          <Row
            key={kind}
            icon={seen ? (seen.passed ? 'check' : 'warning') : 'clock'}
            title={t(`desk.check-${kind}`)}
            badge={t(seen ? (seen.passed ? 'desk.seen' : 'desk.not-convinced') : 'desk.not-yet')}
            detail={seen ? seen.text : t(`desk.check-${kind}-how`)}
            meta={seen && t('desk.seen-by', { name: seen.by, when: words.instant(seen.at) })}
          />
        ))}
      </List>
      {view.mayRecord && <RecordCheck view={view} words={words} />}
    </Section>
  );
}

function History({ view, words }: { view: CaseView; words: Words }) {
  const { t } = words;
  return (
    <Section id="history" heading={t('desk.history')}>
      <List label={t('desk.history')}>
        {view.history.map(({ at, what, by }, index) => (
          <Row
            key={index}
            title={t(`desk.did-${what}`)}
            meta={
              <>
                <Time at={at}>{words.instant(at)}</Time>
                {by && ` · ${by}`}
              </>
            }
          />
        ))}
      </List>
    </Section>
  );
}
