import { Facts } from '#ui/facts.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/section.tsx';
import type { Words } from '#words/index.ts';
import type { Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { EXAMPLE_PAYROLL, EXAMPLE_ROOM } from './examples.ts';
import type { Room } from './room.ts';
import type { Claim, Decoded } from './tokens-decoded.ts';

export type TryOutView = {
  room: Room;
  id: string;
  name: string;
  /** The word of the protocol for why there are no tokens. */
  error: string | null;
  tokens: Decoded | null;
};

/** What the application would have been told, claim by claim. */
export const tryOutPage: Page<TryOutView> = {
  name: 'admin-try-out',
  title: ({ name }, { t }) => `${t('admin.try-heading', { name })} · ${t('admin.where')}`,
  hasError: ({ error }) => error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { tokens, error } = view;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={view.room}
        current="applications"
        heading={t('admin.try-heading', { name: view.name })}
        lead={t(tokens ? 'admin.try-lead' : 'admin.try-failed-lead')}
      >
        {error && (
          <Notice kind="error" heading={t('admin.try-failed')} announce>
            <p>{t('admin.try-error', { error })}</p>
          </Notice>
        )}
        {tokens && <Told tokens={tokens} words={words} />}
        <p>
          <ButtonLink href={`/admin/applications/${view.id}`} kind="quiet">
            {t('admin.try-back', { name: view.name })}
          </ButtonLink>
        </p>
      </AdminPage>
    );
  },
  examples: {
    told: {
      room: EXAMPLE_ROOM,
      id: EXAMPLE_PAYROLL.id,
      name: 'Loonstrook',
      error: null,
      tokens: {
        idToken: {
          header: claims({ alg: 'ES256', typ: 'JWT', kid: 'q1w2e3' }),
          payload: claims({
            sub: 'd8b2ecc3-866f-4112-91a3-82d0bedbb826',
            acr: 'https://refeds.org/profile/mfa',
            amr: ['pwd', 'otp', 'mfa'],
            auth_time: 1781601000,
            iss: 'https://inloggen.example',
            aud: EXAMPLE_PAYROLL.id,
            exp: 1781601420,
            iat: 1781601120,
            nonce: 'n-0S6_WzA2Mj',
          }),
        },
        accessToken: null,
        userinfo: claims({
          sub: 'd8b2ecc3-866f-4112-91a3-82d0bedbb826',
          name: 'Grace de Boer',
          email: 'grace@bakkerij.example',
          email_verified: true,
          groups: ['Bakers', 'Night shift'],
          authenticators_changed_at: 1781000000,
          shoe_size: 38,
        }),
        scope: 'openid profile email groups assurance',
      },
    },
    refused: {
      room: EXAMPLE_ROOM,
      id: EXAMPLE_PAYROLL.id,
      name: 'Loonstrook',
      error: 'access_denied',
      tokens: null,
    },
  },
  person: true,
};

function Told({ tokens, words }: { tokens: Decoded; words: Words }) {
  const { t } = words;
  const { idToken, accessToken, userinfo } = tokens;
  return (
    <>
      <Section id="id-token" heading={t('admin.try-id-token')} intro={<p>{t('admin.try-id-token-lead')}</p>}>
        <h3>{t('admin.try-payload')}</h3>
        <Claims claims={idToken.payload} words={words} />
        <h3>{t('admin.try-header')}</h3>
        <Claims claims={idToken.header} words={words} />
      </Section>
      <Section id="userinfo" heading={t('admin.try-userinfo')} intro={<p>{t('admin.try-userinfo-lead')}</p>}>
        <Claims claims={userinfo} words={words} />
      </Section>
      <Section
        id="access-token"
        heading={t('admin.try-access-token')}
        intro={
          <p>
            {t(accessToken ? 'admin.try-access-token-jwt' : 'admin.try-access-token-opaque', { scope: tokens.scope })}
          </p>
        }
      >
        {accessToken && (
          <>
            <h3>{t('admin.try-payload')}</h3>
            <Claims claims={accessToken.payload} words={words} />
            <h3>{t('admin.try-header')}</h3>
            <Claims claims={accessToken.header} words={words} />
          </>
        )}
      </Section>
    </>
  );
}

function Claims({ claims, words }: { claims: readonly Claim[]; words: Words }) {
  const facts = claims.map(({ name, value }) => ({
    name,
    value: (
      <>
        <span class="claim">{value}</span>
        <span class="claim-means">{meaning(name, value, words)}</span>
      </>
    ),
  }));
  return <Facts facts={facts} />;
}

/** What a claim means, and of a moment when it was. */
function meaning(name: string, value: string, { t, instant }: Words): string {
  const known = KNOWN.find((one) => one === name);
  const says = known ? t(`admin.claim-${known}`) : t('admin.claim-other');
  const isMoment = MOMENTS.includes(name) && /^\d{9,11}$/.test(value);
  return isMoment ? `${says} ${instant(Temporal.Instant.fromEpochMilliseconds(Number(value) * 1000))}.` : says;
}

const MOMENTS = ['exp', 'iat', 'auth_time', 'authenticators_changed_at', 'recovered_at'];
const KNOWN = [
  'iss',
  'sub',
  'aud',
  'exp',
  'iat',
  'auth_time',
  'nonce',
  'acr',
  'amr',
  'sid',
  'at_hash',
  'azp',
  'name',
  'locale',
  'zoneinfo',
  'email',
  'email_verified',
  'organisations',
  'groups',
  'authenticators_changed_at',
  'recovered_at',
  'enrolment_due',
  'device_remembered',
  'alg',
  'typ',
  'kid',
  'client_id',
  'scope',
  'jti',
] as const;

function claims(of: Record<string, unknown>): Claim[] {
  return Object.entries(of).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
}
