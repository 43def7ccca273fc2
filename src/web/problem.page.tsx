import { DoorPage } from '#ui/door-page.tsx';
import { ButtonLink } from '#ui/button.tsx';
import { Actions } from '#ui/form.tsx';
import { Prose } from '#ui/prose.tsx';
import { EXAMPLE_NOW, type Page } from './page.ts';

export type ProblemView = {
  sentence: string;
  /** Of a fault on our side: what to tell whoever runs the server. */
  reference: string | null;
};

export const problemPage: Page<ProblemView> = {
  name: 'problem',
  title: ({ reference }, { t }) => t(reference ? 'errors.fault-title' : 'errors.problem-title'),
  hasError: () => true,
  body: ({ view, words: { t }, frame }) => (
    <DoorPage frame={frame} heading={t(view.reference ? 'errors.fault-title' : 'errors.problem-title')}>
      <Prose>
        <p>{view.sentence}</p>
        {view.reference && <p>{t('errors.reference', { reference: view.reference })}</p>}
      </Prose>
      <Actions>
        <ButtonLink href="/">{t('errors.to-start')}</ButtonLink>
      </Actions>
    </DoorPage>
  ),
  examples: (words) => ({
    'not-found': { sentence: words.refusal({ refusal: 'not-found' }, EXAMPLE_NOW), reference: null },
    fault: { sentence: words.t('errors.fault-lead'), reference: '5d3c0f1e' },
  }),
};
