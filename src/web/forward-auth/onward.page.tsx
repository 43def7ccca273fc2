import { ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions } from '#ui/form.tsx';
import type { Page } from '../page.ts';

/**
 * On the way to the host of an application. The answer also carries `Refresh`: a redirect would be stopped by our own
 * `form-action` where it follows the form of a sign-in.
 */
export const onwardPage: Page<{ application: string; address: string }> = {
  name: 'forward-onward',
  title: ({ application }, { t }) => t('forward-auth.onward-heading', { application }),
  body: ({ view: { application, address }, words: { t }, frame }) => (
    <DoorPage
      frame={frame}
      heading={t('forward-auth.onward-heading', { application })}
      lead={t('forward-auth.onward-lead')}
    >
      <Actions>
        <ButtonLink href={address}>{t('forward-auth.onward-go', { application })}</ButtonLink>
      </Actions>
    </DoorPage>
  ),
  examples: { plain: { application: 'Night shift roster', address: 'https://roster.bakery.example/' } },
  person: true,
};
