import { ButtonLink } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import type { Words } from '#words/index.ts';

/** On the way to the wages and not in it: who is in a hurry passes by. */
export function CheckUpInvitation({ words: { t } }: { words: Words }) {
  return (
    <Section
      id="check-up"
      heading={t('account.check-up-heading')}
      action={
        <ButtonLink href="/account/check-up" kind="quiet">
          {t('account.check-up-start')}
        </ButtonLink>
      }
    >
      <p class="section-intro">{t('account.check-up-why')}</p>
    </Section>
  );
}
