import { Section } from '#ui/section.tsx';
import type { Words } from '#words/index.ts';

export type Contact = { organisation: string; contact: string };

/** Whom to ask: the person's own organisations where we know them, and otherwise the plain truth that we don't. */
export function AskSomebody({ contacts, words: { t } }: { contacts: readonly Contact[]; words: Words }) {
  return (
    <Section id="person" heading={t('help.person')}>
      <div class="prose">
        {contacts.map((one) => (
          <p key={one.organisation}>{t('help.person-contact', one)}</p>
        ))}
        {contacts.length === 0 && <p>{t('help.person-unknown')}</p>}
        <p>{t('help.person-never')}</p>
        <p>
          {t('help.request-lead')} <a href="/help/request">{t('help.request')}</a>
        </p>
      </div>
    </Section>
  );
}
