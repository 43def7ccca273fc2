import { DoorPage } from '#ui/door-page.tsx';
import { Button } from '#ui/button.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Because, Notice } from '#ui/notice.tsx';
import { Prose } from '#ui/prose.tsx';
import type { Words } from '#words/index.ts';
import type { Page } from '../page.ts';

export type PromptView = {
  name: string;
  address: string;
  /** "You can set this up later, until Tuesday 30 June 2026. 2 reminders left." */
  laterSentence: string;
  /** When it comes back if it is put off now. */
  returnsSentence: string;
  /** The person's own rhythm says that this may be the last sign-in before the deadline. */
  lastChanceSentence: string | null;
  becauseSentence: string;
};

export const promptPage: Page<PromptView> = {
  name: 'prompt',
  title: (_view, { t }) => t('sign-in.prompt-heading'),
  body: ({ view, words: { t }, frame }) => (
    <DoorPage
      frame={frame}
      heading={t('sign-in.prompt-heading')}
      lead={t('sign-in.prompt-lead')}
      account={{ label: t('sign-in.signing-in-as'), name: view.name, detail: view.address }}
    >
      {view.lastChanceSentence && <Notice kind="warn">{view.lastChanceSentence}</Notice>}
      <Prose>
        <p>{t('sign-in.prompt-what')}</p>
      </Prose>
      <Form action="/sign-in/prompt">
        <Actions>
          <Button name="answer" value="enable">
            {t('sign-in.enable')}
          </Button>
          <Button kind="quiet" name="answer" value="later" describedBy="later-until">
            {t('sign-in.later')}
          </Button>
        </Actions>
        <p class="hint" id="later-until">
          {view.laterSentence} {view.returnsSentence}
        </p>
      </Form>
      <Because question={t('common.why')}>{view.becauseSentence}</Because>
    </DoorPage>
  ),
  examples: (words) => ({ 'two-left': example(words, 2), 'last-chance': example(words, 1) }),
  person: true,
};

function example(words: Words, left: 1 | 2): PromptView {
  const { t, date, shortDate } = words;
  const lastDay = Temporal.PlainDate.from('2026-06-30');
  const organisation = 'Bakkerij van Dam';
  return {
    name: 'Grace de Boer',
    address: 'grace@bakkerij.example',
    laterSentence: `${t('sign-in.prompt-later-until', { date: date(lastDay) })} ${t('sign-in.prompt-left', { count: left })}`,
    returnsSentence: t('sign-in.prompt-returns', {
      count: left === 1 ? 1 : 3,
      date: shortDate(Temporal.PlainDate.from('2026-06-23')),
    }),
    lastChanceSentence: left === 1 ? t('sign-in.prompt-last-chance') : null,
    becauseSentence: t('sign-in.because-campaign', {
      organisation,
      since: shortDate(Temporal.PlainDate.from('2026-04-01')),
      date: date(lastDay),
    }),
  };
}
