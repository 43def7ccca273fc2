import { Button, ButtonLink } from '#ui/button.tsx';
import { Form } from '#ui/form.tsx';
import { List, Row } from '#ui/list.tsx';
import { Because, Notice } from '#ui/notice.tsx';
import { Section } from '#ui/section.tsx';
import { Time } from '#ui/time.tsx';
import type { Words } from '#words/index.ts';
import { becauseSentence } from '../sign-in/views.ts';
import { iconOf, nameOf, typeName } from './authenticator-name.ts';
import { Named } from './named.tsx';
import type { AccountView, BoundView } from './view.ts';

type Props = { view: AccountView; words: Words };

/** *Password & 2FA*: what opens this account, and how to change it. */
export function TwoStep({ view, words }: Props) {
  const { t } = words;
  return (
    <Section
      id="password-and-2fa"
      heading={t('account.section-two-step')}
      intro={<p>{stateSentence(view, words)}</p>}
      action={<Ways view={view} words={words} />}
    >
      <Missing view={view} words={words} />
      <List label={t('account.section-two-step')}>
        <PasswordRow view={view} words={words} />
        {view.authenticators.map((one) => (
          <BoundRow key={one.id} one={one} now={view.now} words={words} />
        ))}
      </List>
      {view.asked && (
        <Because question={t('common.why')}>
          <p>{becauseSentence(view.asked, words)}</p>
        </Because>
      )}
    </Section>
  );
}

function stateSentence({ enrolment, asked }: AccountView, { t, date }: Words): string {
  if (enrolment !== 'none') return t('account.two-step-on');
  const off = `${t('account.two-step-off')} ${t('account.two-step-off-why')}`;
  const day = asked?.duty.lastDay;
  if (!asked || !day) return off;
  const until = asked.duty.kind === 'required' ? 'account.two-step-overdue' : 'account.two-step-until';
  return `${off} ${t(until, { date: date(day) })}`;
}

/** Set up, and still not safe: said before the list, because the list looks complete. */
function Missing({ view, words: { t } }: Props) {
  const isLow = view.authenticators.some((one) => one.card?.isLow && !one.disabled);
  if (isLow && view.enrolment === 'enrolled')
    return (
      <Notice kind="warn" heading={t('account.code-card-low-heading')}>
        <p>{t('account.code-card-low-lead')}</p>
      </Notice>
    );
  if (view.enrolment !== 'without-backup-code' && view.enrolment !== 'without-authenticator') return null;
  const what = view.enrolment === 'without-backup-code' ? 'no-backup-code' : 'no-authenticator';
  return (
    <Notice kind="warn" heading={t(`account.${what}`)}>
      <p>{t(`account.${what}-lead`)}</p>
    </Notice>
  );
}

function Ways({ view, words: { t } }: Props) {
  if (view.enrolment === 'none')
    return (
      <Form action="/account/enable" inline>
        <Button>{t('account.enable')}</Button>
      </Form>
    );
  const kind = (missing: AccountView['enrolment']) => (view.enrolment === missing ? 'primary' : 'quiet');
  return (
    <>
      <Form action="/account/backup-code" inline>
        <Button kind={kind('without-backup-code')}>{t('account.new-backup-code')}</Button>
      </Form>
      <Form action="/account/move" inline>
        <Button kind={kind('without-authenticator')}>
          {t(hasOnlyCard(view) ? 'account.new-code-card' : 'account.move')}
        </Button>
      </Form>
      {view.passkeysOffered && (
        <ButtonLink href="/account/passkeys/new" kind="quiet" withPasskeys>
          {t('passkey.add')}
        </ButtonLink>
      )}
    </>
  );
}

/** The same wizard: whoever has no phone with an app has none to move. */
function hasOnlyCard({ authenticators }: AccountView): boolean {
  const has = (type: string) => authenticators.some((one) => one.type === type);
  return has('code-card') && !has('totp') && !has('app');
}

function PasswordRow({ view, words: { t, shortDate } }: Props) {
  return (
    <Row
      icon="password"
      title={t('account.password')}
      meta={
        view.passwordSince && (
          <Time at={view.passwordSince}>{t('account.password-since', { date: shortDate(view.passwordSince) })}</Time>
        )
      }
      actions={
        <a href="/account/password">
          <Named short={t('account.change')} whole={t('account.change-what')} />
        </a>
      }
    />
  );
}

function BoundRow({ one, now, words }: { one: BoundView; now: Temporal.Instant; words: Words }) {
  const { t } = words;
  const name = nameOf(one, words);
  const isCode = one.type === 'backup-code';
  return (
    <Row
      icon={iconOf(one.type)}
      title={one.main && one.label ? one.label : name}
      badge={one.disabled ? t('account.disabled') : one.main && one.label ? typeName(one.type, words) : undefined}
      detail={<Detail one={one} words={words} />}
      meta={<When one={one} now={now} words={words} />}
      actions={
        isCode ? undefined : (
          <>
            {one.main && (
              <a href={`/account/authenticators/${one.id}/rename`}>
                <Named short={t('account.rename')} whole={t('account.rename-what', { name })} />
              </a>
            )}
            {one.passkey && (
              <a hidden data-with-passkeys href={`/account/passkeys/new?instead=${one.id}`}>
                <Named short={t('passkey.anew')} whole={t('passkey.anew-what', { name })} />
              </a>
            )}
            {!one.needed && (
              <a href={`/account/authenticators/${one.id}/remove`}>
                <Named short={t('account.remove')} whole={t('account.remove-what', { name })} />
              </a>
            )}
          </>
        )
      }
    />
  );
}

/** What there is to say of this one: a warning before a fact. */
function Detail({ one, words: { t, shortDate } }: { one: BoundView; words: Words }) {
  if (one.type === 'backup-code') return <>{t('account.backup-code-once')}</>;
  const { passkey, card } = one;
  if (passkey?.flaggedAt) return <>{t('passkey.flagged', { date: shortDate(passkey.flaggedAt) })}</>;
  const make = passkey?.make && passkey.make !== one.label ? passkey.make : null;
  const about =
    passkey && [make, t(passkey.synced ? 'passkey.synced' : 'passkey.on-device')].filter(Boolean).join(' · ');
  const needed = one.needed && !one.disabled ? t('account.needed') : null;
  const left =
    card && card.left > 0 ? t('account.code-card-next', { next: card.next, left: card.left, of: card.of }) : null;
  return <>{[left, about, needed].filter(Boolean).join('. ')}</>;
}

function When({ one, now, words }: { one: BoundView; now: Temporal.Instant; words: Words }) {
  const { t, shortDate, ago } = words;
  if (one.type === 'backup-code')
    return <Time at={one.boundAt}>{t('account.made', { date: shortDate(one.boundAt) })}</Time>;
  return (
    <>
      <Time at={one.boundAt}>{t('account.added', { date: shortDate(one.boundAt) })}</Time>
      {' · '}
      {one.lastUsedAt ? (
        <Time at={one.lastUsedAt}>{t('account.last-used', { ago: ago(one.lastUsedAt, now) })}</Time>
      ) : (
        t('account.never-used')
      )}
    </>
  );
}
