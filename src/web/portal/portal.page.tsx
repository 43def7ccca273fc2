import { Beside } from '#ui/beside.tsx';
import { List, Row } from '#ui/list.tsx';
import { Logo } from '#ui/logo.tsx';
import { Section } from '#ui/section.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import type { Words } from '#words/index.ts';
import { AskedFor } from '../account/asked-for.tsx';
import type { Page } from '../page.ts';
import { CheckUpInvitation } from './check-up-invitation.tsx';
import { NextRow } from './next-row.tsx';
import { examples } from './portal.examples.ts';
import { PasskeyInvitation } from './passkey-invitation.tsx';
import { Protection } from './protection.tsx';
import type { PortalView } from './view.ts';

/** The start page: who is here, how well the account is locked, and what is worth a look. */
export const portalPage: Page<PortalView> = {
  name: 'portal',
  title: (_view, { t }) => t('portal.title'),
  body: ({ view, words, frame }) => (
    <WidePage frame={frame} heading={greeting(view, words)} lead={whereFrom(view, words)}>
      {view.askedFor && <AskedFor words={words} />}
      <Protection view={view} words={words} />
      {view.checkUp && <CheckUpInvitation words={words} />}
      {view.invited && <PasskeyInvitation words={words} />}
      <Applications view={view} words={words} />
      {hasNews(view) ? (
        <Beside side={<Organisations view={view} words={words} />}>
          <News view={view} words={words} />
        </Beside>
      ) : (
        <Organisations view={view} words={words} />
      )}
    </WidePage>
  ),
  examples,
  person: true,
};

/** "Nothing needs your attention" is not said below a panel that asks for some. */
function hasNews({ next, enrolment, askedFor }: PortalView): boolean {
  return next.length > 0 || (enrolment === 'enrolled' && !askedFor);
}

function Applications({ view: { applications }, words: { t } }: { view: PortalView; words: Words }) {
  if (applications.length === 0) return null;
  return (
    <Section id="applications" heading={t('portal.applications')}>
      <ul class="tiles" aria-label={t('portal.applications')}>
        {applications.map(({ id, name, home, hasLogo }) => (
          <li key={id}>
            <a href={home}>
              <Logo name={name} src={hasLogo ? `/applications/${id}/logo` : null} />
              {name}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function News({ view, words }: { view: PortalView; words: Words }) {
  const { t } = words;
  return (
    <Section id="next" heading={t('portal.next')}>
      {view.next.length === 0 ? (
        <p class="section-intro">{t('portal.next-none')}</p>
      ) : (
        <List label={t('portal.next')}>
          {view.next.map((one) => (
            <NextRow key={one.what} one={one} words={words} />
          ))}
        </List>
      )}
    </Section>
  );
}

function Organisations({ view, words }: { view: PortalView; words: Words }) {
  const { t } = words;
  return (
    <Section id="organisations" heading={t('portal.organisations')}>
      {view.organisations.length === 0 ? (
        <p class="section-intro">{t('portal.organisations-none')}</p>
      ) : (
        <List label={t('portal.organisations')}>
          {view.organisations.map(({ name, role, since, contact }) => (
            <Row
              key={name}
              title={name}
              badge={role === 'member' ? undefined : t(`portal.role-${role}`)}
              detail={contact && t('portal.contact', { contact })}
              meta={t('portal.since', { date: words.shortDate(since) })}
            />
          ))}
        </List>
      )}
    </Section>
  );
}

/** By the first name, as one is greeted at work. */
function greeting({ name }: PortalView, { t }: Words): string {
  const [first] = name.trim().split(/\s+/);
  return first ? t('portal.hello', { name: first }) : t('portal.hello-nameless');
}

function whereFrom({ organisations }: PortalView, { t, lang }: Words): string | undefined {
  if (organisations.length === 0) return undefined;
  const names = organisations.map(({ name }) => name);
  return t('portal.lead', { organisations: new Intl.ListFormat(lang).format(names) });
}
