import type { Application } from '#store/rows.ts';
import { Button, ButtonLink, PostLink } from '#ui/button.tsx';
import { Facts } from '#ui/facts.tsx';
import { Notice } from '#ui/notice.tsx';
import { SecretText } from '#ui/secret-text.tsx';
import { Section } from '#ui/section.tsx';
import type { Words } from '#words/index.ts';
import type { Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { factsOf } from './application-facts.ts';
import { EXAMPLE_OFF, EXAMPLE_PAYROLL, EXAMPLE_ROOM, EXAMPLE_WIKI } from './examples.ts';
import { LogoSection } from './logo-section.tsx';
import type { Room } from './room.ts';

export type ApplicationView = {
  room: Room;
  application: Application;
  /** Names of the organisations whose people may use it. */
  audience: string[];
  /** Our own origin: what the application calls the issuer. */
  origin: string;
  done: Done | null;
  /** The picture was refused. */
  logoError: string | null;
};

export type Done = 'created' | 'changed' | 'disabled' | 'enabled' | 'logo';

export const applicationPage: Page<ApplicationView> = {
  name: 'admin-application',
  title: ({ application }, { t }) => `${application.name} · ${t('admin.where')}`,
  hasError: ({ logoError }) => logoError !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { application, room, done } = view;
    const page = `/admin/applications/${application.id}`;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={room}
        current="applications"
        heading={application.name}
        lead={t(`admin.kind-${application.kind}`)}
        done={done && t(`admin.done-${done}`)}
      >
        {application.status === 'disabled' && (
          <Notice kind="warn">
            <p>{t('admin.off-is')}</p>
          </Notice>
        )}
        <Developer view={view} words={words} />
        <Section
          id="settings"
          heading={t('admin.settings')}
          action={<ButtonLink href={`${page}/change`}>{t('admin.change')}</ButtonLink>}
        >
          <Facts facts={factsOf(view, words)} />
        </Section>
        <LogoSection application={application} error={view.logoError} words={words} />
        {application.secretHash && (
          <Section
            id="secret"
            heading={t('admin.secret')}
            intro={<p>{t('admin.secret-intro')}</p>}
            action={
              <PostLink action={`${page}/secret`} kind="quiet">
                {t('admin.secret-renew')}
              </PostLink>
            }
          />
        )}
        <Section
          id="off"
          heading={t('admin.off')}
          intro={<p>{t('admin.off-intro')}</p>}
          action={
            <>
              <form method="post" action={`${page}/status`} class="inline">
                <Button kind="quiet" name="status" value={application.status === 'active' ? 'disabled' : 'active'}>
                  {t(application.status === 'active' ? 'admin.disable' : 'admin.enable')}
                </Button>
              </form>
              <ButtonLink href={`${page}/remove`} kind="danger">
                {t('admin.remove')}
              </ButtonLink>
            </>
          }
        />
      </AdminPage>
    );
  },
  examples: {
    oidc: example({ done: 'created' }),
    'forward-auth': example({ application: EXAMPLE_WIKI, audience: ['Bakkerij van Dam'] }),
    'switched-off': example({ application: EXAMPLE_OFF, logoError: 'This picture is larger than 32 KB.' }),
  },
  person: true,
};

/** What goes into the settings of the other side, each with a button to copy it. */
function Developer({ view: { application, origin }, words: { t } }: { view: ApplicationView; words: Words }) {
  const isOidc = application.kind === 'oidc';
  const values: [string, string, string][] = isOidc
    ? [
        ['client-id', t('admin.client-id'), application.id],
        ['issuer', t('admin.issuer'), origin],
        ['discovery', t('admin.discovery'), `${origin}/.well-known/openid-configuration`],
        ['endpoint-auth', t('admin.endpoint-auth'), `${origin}/oidc/auth`],
        ['endpoint-token', t('admin.endpoint-token'), `${origin}/oidc/token`],
        ['endpoint-userinfo', t('admin.endpoint-userinfo'), `${origin}/oidc/userinfo`],
      ]
    : [['forward-address', t('admin.forward-address'), `${origin}/forward-auth`]];
  return (
    <Section
      id="developer"
      heading={t('admin.developer')}
      intro={<p>{t(isOidc ? 'admin.developer-intro' : 'admin.forward-intro')}</p>}
      action={
        isOidc &&
        application.status === 'active' && (
          <>
            <PostLink action={`/admin/applications/${application.id}/try`} kind="quiet">
              {t('admin.try')}
            </PostLink>
            <p class="hint">{t('admin.try-intro')}</p>
          </>
        )
      }
    >
      {values.map(([id, label, value]) => (
        <SecretText key={id} id={id} label={label} value={value} group={0} />
      ))}
    </Section>
  );
}

function example(view: Partial<ApplicationView>): ApplicationView {
  return {
    room: EXAMPLE_ROOM,
    application: EXAMPLE_PAYROLL,
    audience: ['Bakkerij van Dam', 'Brouwer & Vos Accountants'],
    origin: 'https://inloggen.example',
    done: null,
    logoError: null,
    ...view,
  };
}
