import { Button, PostLink } from '#ui/button.tsx';
import { Form } from '#ui/form.tsx';
import { List, Row } from '#ui/list.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/section.tsx';
import { Time } from '#ui/time.tsx';
import { deviceInWords } from '#words/device.ts';
import type { Words } from '#words/index.ts';
import { Named } from './named.tsx';
import type { AccountView, DeviceView, SessionView } from './view.ts';

type Props = { view: AccountView; words: Words };

/** Where the account is open now, and where the password alone opens it. */
export function Devices({ view, words }: Props) {
  const { t } = words;
  const { sessions, devices, problem, now } = view;
  return (
    <Section
      id="devices"
      heading={t('account.section-devices')}
      intro={<p>{t('account.devices-intro')}</p>}
      action={<Everywhere words={words} />}
    >
      {problem?.section === 'devices' && (
        <Notice kind="error" announce>
          <p>{problem.refused.refusal === 'not-found' ? t('account.gone') : words.refusal(problem.refused, now)}</p>
        </Notice>
      )}
      <List label={t('account.section-devices')}>
        {sessions.map((one) => (
          <SessionRow key={one.id} one={one} now={now} words={words} />
        ))}
      </List>
      {devices.length > 0 && (
        <>
          <h3>{t('account.remembered')}</h3>
          <p class="section-intro">{t('account.remembered-intro')}</p>
          <List label={t('account.remembered')}>
            {devices.map((one) => (
              <DeviceRow key={one.id} one={one} words={words} />
            ))}
          </List>
        </>
      )}
    </Section>
  );
}

function SessionRow({ one, now, words }: { one: SessionView; now: Temporal.Instant; words: Words }) {
  const { t, ago, instant } = words;
  const device = deviceInWords(one.userAgent, words);
  return (
    <Row
      icon={isPhone(one.userAgent) ? 'phone' : 'laptop'}
      title={device}
      badge={one.here ? t('account.this-device') : undefined}
      detail={t('account.address', { address: one.address })}
      meta={
        <>
          <Time at={one.createdAt}>{t('account.signed-in-at', { at: instant(one.createdAt) })}</Time>
          {' · '}
          <Time at={one.lastSeenAt}>{t('account.last-seen', { ago: ago(one.lastSeenAt, now) })}</Time>
        </>
      }
      actions={
        one.here ? undefined : (
          <PostLink action="/account/sessions/end" hidden={{ id: one.id }}>
            <Named short={t('account.sign-out-here')} whole={t('account.sign-out-what', { device })} />
          </PostLink>
        )
      }
    />
  );
}

function DeviceRow({ one, words }: { one: DeviceView; words: Words }) {
  const { t, shortDate } = words;
  const device = deviceInWords(one.userAgent, words);
  return (
    <Row
      icon={isPhone(one.userAgent) ? 'phone' : 'laptop'}
      title={device}
      badge={one.here ? t('account.this-device') : undefined}
      detail={t('account.address', { address: one.address })}
      meta={<Time at={one.expiresAt}>{t('account.remembered-until', { date: shortDate(one.expiresAt) })}</Time>}
      actions={
        <PostLink action="/account/devices/forget" hidden={{ id: one.id }}>
          <Named short={t('account.forget')} whole={t('account.forget-what', { device })} />
        </PostLink>
      }
    />
  );
}

function Everywhere({ words: { t } }: { words: Words }) {
  return (
    <Form action="/account/sign-out-everywhere" inline>
      <Button kind="danger" describedBy="everywhere-hint">
        {t('account.everywhere')}
      </Button>
      <p class="section-intro" id="everywhere-hint">
        {t('account.everywhere-hint')}
      </p>
    </Form>
  );
}

function isPhone(userAgent: string): boolean {
  return /\b(Mobile|iPhone|iPod|Android)\b/.test(userAgent);
}
