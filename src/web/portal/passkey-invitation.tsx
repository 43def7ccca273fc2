import { ButtonLink, PostLink } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import type { Words } from '#words/index.ts';

/** Quiet, once in a long while, and with a way to say no. Only where the browser could do it. */
export function PasskeyInvitation({ words: { t } }: { words: Words }) {
  return (
    <div hidden data-with-passkeys>
      <Section
        id="passkey"
        heading={t('passkey.invite')}
        action={
          <>
            <ButtonLink href="/account/passkeys/new" kind="quiet">
              {t('passkey.add')}
            </ButtonLink>
            <PostLink action="/account/passkeys/not-now">{t('passkey.not-now')}</PostLink>
          </>
        }
      >
        <p class="section-intro">{t('passkey.invite-why')}</p>
      </Section>
    </div>
  );
}
