import { ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions } from '#ui/form.tsx';
import { Prose } from '#ui/prose.tsx';
import type { Page } from '../page.ts';

export type DoneView = { continueTo: string; course: 'first' | 'move' | 'backup-code'; passkey: boolean };

export const donePage: Page<DoneView> = {
  name: 'enrol-done',
  title: (view, { t }) => t(`enrol.done-${view.course}`),
  body: ({ view, words: { t }, frame }) => (
    <DoorPage frame={frame} heading={t(`enrol.done-${view.course}`)} turns={2}>
      <Prose>
        {view.course === 'first' && <p>{t(view.passkey ? 'enrol.done-next-time-passkey' : 'enrol.done-next-time')}</p>}
        {view.course !== 'first' && <p>{t(`enrol.done-${view.course}-lead`)}</p>}
        <p>{t('enrol.done-where')}</p>
      </Prose>
      <Actions>
        <ButtonLink href={view.continueTo} kind="primary">
          {t('common.continue')}
        </ButtonLink>
      </Actions>
    </DoorPage>
  ),
  examples: {
    first: { continueTo: '/', course: 'first', passkey: false },
    'first-passkey': { continueTo: '/', course: 'first', passkey: true },
    'backup-code': { continueTo: '/', course: 'backup-code', passkey: false },
  },
  person: true,
};
