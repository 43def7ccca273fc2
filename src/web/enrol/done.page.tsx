import { ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions } from '#ui/form.tsx';
import { Prose } from '#ui/prose.tsx';
import type { Page } from '../page.ts';

export type DoneView = {
  continueTo: string;
  course: 'first' | 'move' | 'backup-code';
  bound: 'passkey' | 'code-card' | null;
};

export const donePage: Page<DoneView> = {
  name: 'enrol-done',
  title: (view, { t }) => t(headingOf(view)),
  body: ({ view, words: { t }, frame }) => (
    <DoorPage frame={frame} heading={t(headingOf(view))} turns={2}>
      <Prose>
        {view.course === 'first' && <p>{t(nextTimeOf(view))}</p>}
        {view.course !== 'first' && <p>{t(leadOf(view.course, view.bound))}</p>}
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
    first: { continueTo: '/', course: 'first', bound: null },
    'first-passkey': { continueTo: '/', course: 'first', bound: 'passkey' },
    'first-code-card': { continueTo: '/', course: 'first', bound: 'code-card' },
    'new-code-card': { continueTo: '/', course: 'move', bound: 'code-card' },
    'backup-code': { continueTo: '/', course: 'backup-code', bound: null },
  },
  person: true,
};

function headingOf({ course, bound }: DoneView) {
  return course === 'move' && bound === 'code-card' ? 'enrol.done-move-code-card' : (`enrol.done-${course}` as const);
}

function leadOf(course: Exclude<DoneView['course'], 'first'>, bound: DoneView['bound']) {
  return course === 'move' && bound === 'code-card'
    ? 'enrol.done-move-code-card-lead'
    : (`enrol.done-${course}-lead` as const);
}

function nextTimeOf({ bound }: DoneView) {
  return bound ? (`enrol.done-next-time-${bound}` as const) : 'enrol.done-next-time';
}
