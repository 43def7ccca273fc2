import type { Refused } from '#core/refusal.ts';
import type { ApiToken } from '#store/administration.ts';
import { Button, PostLink } from '#ui/button.tsx';
import { Choices } from '#ui/choices.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { List, Row } from '#ui/list.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/section.tsx';
import { Sheet } from '#ui/sheet.tsx';
import type { Words } from '#words/index.ts';
import { Named } from '../account/named.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { EXAMPLE_ROOM } from './examples.ts';
import { addressOf, type Room } from './room.ts';

export type TokenRow = Pick<ApiToken, 'id' | 'name' | 'scope' | 'createdAt' | 'expiresAt' | 'lastUsedAt'> & {
  /** Name of the administrator who made it. */
  by: string;
};

export type TokensView = {
  room: Room;
  tokens: TokenRow[];
  typed: { name: string; scope: ApiToken['scope']; days: string };
  wrong: { field: 'name' | 'days' | null; refused: Refused } | null;
  done: 'revoked' | null;
  now: Temporal.Instant;
};

export const NO_TOKEN: TokensView['typed'] = { name: '', scope: 'read', days: '90' };

export const tokensPage: Page<TokensView> = {
  name: 'admin-tokens',
  title: (_view, { t }) => `${t('admin.tokens')} · ${t('admin.where')}`,
  hasError: ({ wrong }) => wrong !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={view.room}
        current="tokens"
        heading={t('admin.tokens')}
        lead={view.room.organisation.name}
        done={view.done && t(`admin.done-${view.done}`)}
      >
        <Sheet
          intro={
            <p>
              {t('admin.tokens-intro')} <a href="/api/v1/openapi.json">{t('admin.tokens-docs')}</a>
            </p>
          }
        >
          {view.tokens.length === 0 && <p class="section-intro">{t('admin.tokens-none')}</p>}
          {view.tokens.length > 0 && (
            <List label={t('admin.tokens')}>
              {view.tokens.map((one) => (
                <TokenItem key={one.id} one={one} view={view} words={words} />
              ))}
            </List>
          )}
        </Sheet>
        <NewToken view={view} words={words} />
      </AdminPage>
    );
  },
  examples: {
    several: example({ done: 'revoked' }),
    none: example({ tokens: [] }),
    refused: example({
      typed: { name: '', scope: 'write', days: '999' },
      wrong: { field: 'days', refused: { refusal: 'token-expiry-invalid', detail: { limit: 365 } } },
    }),
  },
  person: true,
};

function TokenItem({ one, view, words }: { one: TokenRow; view: TokensView; words: Words }) {
  const { t, shortDate, ago } = words;
  const isOver = Temporal.Instant.compare(one.expiresAt, view.now) <= 0;
  const used = one.lastUsedAt ? t('admin.token-used', { ago: ago(one.lastUsedAt, view.now) }) : t('admin.token-unused');
  const until = isOver ? t('admin.token-expired') : t('admin.token-until', { date: shortDate(one.expiresAt) });
  return (
    <Row
      icon="key"
      title={one.name}
      badge={t(`admin.token-scope-${one.scope}`)}
      detail={`${until} · ${used}`}
      meta={t('admin.token-by', { name: one.by, date: shortDate(one.createdAt) })}
      actions={
        <PostLink action={addressOf('/admin/tokens/revoke', view.room)} hidden={{ id: one.id }}>
          <Named short={t('admin.token-revoke')} whole={t('admin.token-revoke-what', { name: one.name })} />
        </PostLink>
      }
    />
  );
}

function NewToken({ view, words }: { view: TokensView; words: Words }) {
  const { t } = words;
  const { typed, wrong, now } = view;
  const wrongAt = (field: 'name' | 'days') => (wrong?.field === field ? words.refusal(wrong.refused, now) : null);
  return (
    <Section id="new-token" heading={t('admin.token-add')}>
      {wrong && wrong.field === null && (
        <Notice kind="error" announce>
          <p>{words.refusal(wrong.refused, now)}</p>
        </Notice>
      )}
      <Form action={addressOf('/admin/tokens/create', view.room)}>
        <Field
          name="name"
          label={t('admin.token-name')}
          hint={t('admin.token-name-hint')}
          value={typed.name}
          error={wrongAt('name')}
          autocomplete="off"
          required
        />
        <Choices
          name="scope"
          legend={t('admin.token-scope')}
          value={typed.scope}
          options={(['read', 'write'] as const).map((value) => ({
            value,
            title: t(`admin.token-scope-${value}`),
            cost: t(`admin.token-scope-${value}-cost`),
          }))}
        />
        <Field
          name="days"
          label={t('admin.token-days')}
          hint={t('admin.token-days-hint')}
          value={typed.days}
          error={wrongAt('days')}
          inputmode="numeric"
          autocomplete="off"
          short
        />
        <Actions>
          <Button>{t('admin.token-create')}</Button>
        </Actions>
      </Form>
    </Section>
  );
}

function example(view: Partial<TokensView>): TokensView {
  return {
    room: EXAMPLE_ROOM,
    tokens: [
      {
        id: 'a',
        name: 'Import from HR',
        scope: 'write',
        by: 'Grace de Boer',
        createdAt: EXAMPLE_NOW.subtract({ hours: 40 * 24 }),
        expiresAt: EXAMPLE_NOW.add({ hours: 50 * 24 }),
        lastUsedAt: EXAMPLE_NOW.subtract({ minutes: 12 }),
      },
      {
        id: 'b',
        name: 'Report on Mondays',
        scope: 'read',
        by: 'Grace de Boer',
        createdAt: EXAMPLE_NOW.subtract({ hours: 365 * 24 }),
        expiresAt: EXAMPLE_NOW.subtract({ hours: 1 }),
        lastUsedAt: null,
      },
    ],
    typed: NO_TOKEN,
    wrong: null,
    done: null,
    now: EXAMPLE_NOW,
    ...view,
  };
}
