import { REASON_MOST_CHARACTERS } from '#flows/recovery/desk.ts';
import { Button, PostLink } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { List, Row, Unseen } from '#ui/list.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/section.tsx';
import { Time } from '#ui/time.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { DeskNav } from './nav.tsx';

export type ClosedRow = {
  address: string;
  name: string;
  reason: string;
  by: string;
  at: Temporal.Instant;
  /** Who has said already that it may be opened. */
  firstThawBy: string | null;
};

export type ClosedView = {
  rows: ClosedRow[];
  typed: { address: string; reason: string };
  errors: { on: 'page' | 'address' | 'reason'; sentence: string } | null;
};

/** Accounts that are closed: one person closes, two open. */
export const closedPage: Page<ClosedView> = {
  name: 'desk-closed',
  title: (_view, { t }) => t('desk.closed'),
  hasError: (view) => view.errors !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const error = (on: 'address' | 'reason') => (view.errors?.on === on ? view.errors.sentence : null);
    return (
      <WidePage frame={frame} heading={t('desk.closed')} lead={<DeskNav at="closed" words={words} />}>
        {view.errors?.on === 'page' && (
          <Notice kind="error" announce>
            <p>{view.errors.sentence}</p>
          </Notice>
        )}
        <Section id="closed" heading={t('desk.closed-now')} intro={<p>{t('desk.closed-lead')}</p>}>
          <List label={t('desk.closed-now')}>
            {view.rows.map((row) => (
              <Row
                key={row.address}
                title={row.name}
                badge={row.firstThawBy ? t('desk.thaw-one', { name: row.firstThawBy }) : undefined}
                detail={row.reason}
                meta={
                  <>
                    {row.address} · {row.by} · <Time at={row.at}>{words.instant(row.at)}</Time>
                  </>
                }
                actions={
                  <PostLink action="/desk/closed/open" hidden={{ address: row.address }} kind="quiet">
                    {t('desk.thaw')}
                    <Unseen> {row.name}</Unseen>
                  </PostLink>
                }
              />
            ))}
            {view.rows.length === 0 && <Row title={t('desk.closed-none')} />}
          </List>
        </Section>
        <Section id="close" heading={t('desk.freeze')} intro={<p>{t('desk.freeze-lead')}</p>}>
          <Form action="/desk/closed">
            <Field
              name="address"
              type="email"
              label={t('sign-in.address')}
              value={view.typed.address}
              error={error('address')}
              autocomplete="off"
              required
            />
            <Field
              name="reason"
              label={t('desk.freeze-reason')}
              value={view.typed.reason}
              error={error('reason')}
              maxlength={REASON_MOST_CHARACTERS}
              required
            />
            <Actions>
              <Button kind="danger">{t('desk.freeze')}</Button>
            </Actions>
          </Form>
        </Section>
      </WidePage>
    );
  },
  examples: (words) => {
    const row = {
      address: 'grace@bakkerij.example',
      name: 'Grace de Boer',
      reason: 'A stranger called in her name.',
      by: 'Arthur Bell',
      at: EXAMPLE_NOW,
      firstThawBy: null,
    };
    const view = {
      rows: [row, { ...row, name: 'Ad Verloren', address: 'ad@bakkerij.example', firstThawBy: 'Saskia Timmer' }],
      typed: { address: '', reason: '' },
      errors: null,
    };
    const sentence = words.refusal({ refusal: 'nobody-here' }, EXAMPLE_NOW);
    return {
      some: view,
      wrong: {
        ...view,
        rows: [],
        typed: { address: 'gr@bakkerij.example', reason: 'x' },
        errors: { on: 'address', sentence },
      },
    };
  },
  person: true,
};
