import type { OwnLink } from '#src/help/own-link.ts';
import { Section } from '#ui/section.tsx';
import type { Lang, Words } from '#words/index.ts';
import { LinkList } from './link-list.tsx';

/** Either may be empty. */
export type Contact = { organisation: string; contact: string; links: OwnLink[] };

/**
 * Whom to ask, and where else to look: the person's own organisations where we know them, and otherwise the plain truth
 * that we don't.
 */
export function AskSomebody({ contacts, words: { t } }: { contacts: readonly Contact[]; words: Words }) {
  const people = contacts.filter(({ contact }) => contact !== '');
  const linking = contacts.filter(({ links }) => links.length > 0);
  return (
    <>
      {linking.map(({ organisation, links }, at) => (
        <OwnLinks key={at} id={`links-${at + 1}`} heading={t('help.links-own', { organisation })} links={links} />
      ))}
      <Section id="person" heading={t('help.person')}>
        <div class="prose">
          {people.map(({ organisation, contact }) => (
            <p key={organisation}>{t('help.person-contact', { organisation, contact })}</p>
          ))}
          {people.length === 0 && <p>{t('help.person-unknown')}</p>}
          <p>{t('help.person-never')}</p>
          <p>
            {t('help.request-lead')} <a href="/help/request">{t('help.request')}</a>
          </p>
        </div>
      </Section>
    </>
  );
}

function OwnLinks({ id, heading, links }: { id: string; heading: string; links: readonly OwnLink[] }) {
  return (
    <Section id={id} heading={heading}>
      <LinkList label={heading} links={links} />
    </Section>
  );
}

export function exampleContact(lang: Lang): Contact {
  return {
    organisation: 'Bakkerij van Dam',
    contact: 'personeel@bakkerij.example',
    links: exampleLinks(lang),
  };
}

export function exampleLinks(lang: Lang): OwnLink[] {
  const isDutch = lang === 'nl';
  return [
    {
      title: isDutch ? 'Loonstrook en rooster' : 'Payslips and the roster',
      address: 'https://salaris.bakkerij.example/start',
    },
    {
      title: isDutch ? 'Personeelszaken mailen' : 'Mail the personnel department',
      address: 'mailto:personeel@bakkerij.example',
    },
    { title: isDutch ? 'Bel kamer 12' : 'Call room 12', address: 'tel:+442079460012' },
  ];
}
