import { Button, ButtonLink } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { List, Row } from '#ui/list.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/section.tsx';
import { SecretText } from '#ui/secret-text.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { DeskNav } from './nav.tsx';

export type VouchersView = {
  isAdministrator: boolean;
  open: { name: string; by: string; until: Temporal.Instant }[];
  /** Just made: shown this once. */
  made: { name: string; code: string; until: Temporal.Instant } | null;
  typed: string;
  error: string | null;
};

/** For somebody who cannot enrol alone: made by an administrator, shown once, handed over in person. */
export const vouchersPage: Page<VouchersView> = {
  name: 'desk-vouchers',
  title: (_view, { t }) => t('desk.vouchers'),
  hasError: (view) => view.error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <WidePage frame={frame} heading={t('desk.vouchers')} lead={<DeskNav at="vouchers" words={words} />}>
        {view.made ? (
          <Section id="made" heading={t('desk.voucher-for', { name: view.made.name })}>
            <SecretText
              id="voucher"
              label={t('desk.voucher-code')}
              value={view.made.code.replaceAll('-', '')}
              separator="dash"
              copyValue={view.made.code}
            />
            <Notice kind="warn" heading={t('desk.voucher-once')}>
              <p>{t('desk.voucher-hand-over', { until: words.instant(view.made.until) })}</p>
            </Notice>
            <Actions>
              <ButtonLink href="/desk/vouchers" kind="quiet">
                {t('desk.voucher-done')}
              </ButtonLink>
            </Actions>
          </Section>
        ) : (
          <Section id="make" heading={t('desk.voucher-make')} intro={<p>{t('desk.voucher-lead')}</p>}>
            {view.isAdministrator ? (
              <Form action="/desk/vouchers">
                <Field
                  name="address"
                  type="email"
                  label={t('sign-in.address')}
                  value={view.typed}
                  error={view.error}
                  autocomplete="off"
                  required
                />
                <Actions>
                  <Button>{t('desk.voucher-make')}</Button>
                </Actions>
              </Form>
            ) : (
              <Notice kind="info">
                <p>{t('desk.voucher-administrators')}</p>
              </Notice>
            )}
          </Section>
        )}
        <Section id="open" heading={t('desk.voucher-open')}>
          <List label={t('desk.voucher-open')}>
            {view.open.map(({ name, by, until }) => (
              <Row key={name} title={name} meta={t('desk.voucher-until', { name: by, until: words.instant(until) })} />
            ))}
            {view.open.length === 0 && <Row title={t('desk.voucher-none')} />}
          </List>
        </Section>
      </WidePage>
    );
  },
  examples: (words) => {
    const until = EXAMPLE_NOW.add({ hours: 24 });
    const view: VouchersView = {
      isAdministrator: true,
      open: [{ name: 'Tom Ashby', by: 'Helen Marlowe', until }],
      made: null,
      typed: '',
      error: null,
    };
    return {
      list: view,
      made: { ...view, made: { name: 'Grace de Boer', code: '7K2M-QX4P-9D3W-H6RT', until } },
      agent: { ...view, isAdministrator: false },
      wrong: { ...view, typed: 'gr@x.example', error: words.refusal({ refusal: 'nobody-here' }, EXAMPLE_NOW) },
    };
  },
  person: true,
};
