import { ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions } from '#ui/form.tsx';
import { Prose } from '#ui/prose.tsx';
import type { Page } from '../page.ts';

/** A request was taken, or there is one already; the page says the same for every address. */
export type AskedView = { address: string | null };

export const askedPage: Page<AskedView> = {
  name: 'recovery-asked',
  title: (_view, { t }) => t('recovery.asked-heading'),
  body: ({ view, words: { t }, frame }) => (
    <DoorPage frame={frame} heading={t('recovery.asked-heading')}>
      <Prose>
        <p>{view.address === null ? t('recovery.asked-again') : t('recovery.asked', { address: view.address })}</p>
        <p>{t('recovery.asked-hint')}</p>
      </Prose>
      <Actions>
        <ButtonLink href="/help">{t('help.heading')}</ButtonLink>
      </Actions>
    </DoorPage>
  ),
  examples: { help: { address: 'grace@bakkerij.example' }, again: { address: null } },
};
