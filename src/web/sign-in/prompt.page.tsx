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
  /** Until when it may be put off, how often, and when it comes back. Null: *Remind me later* is gone. */
  later: { untilSentence: string; returnsSentence: string } | null;
  /** It was put off in this moment, and that was too late. */
  error: string | null;
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
      {view.error && (
        <Notice kind="error" announce>
          {view.error}
        </Notice>
      )}
      {view.lastChanceSentence && <Notice kind="warn">{view.lastChanceSentence}</Notice>}
      <Prose>
        <p>{t('sign-in.prompt-what')}</p>
      </Prose>
      <Form action="/sign-in/prompt">
        <Actions>
          <Button name="answer" value="enable">
            {t('sign-in.enable')}
          </Button>
          {view.later && (
            <Button kind="quiet" name="answer" value="later" describedBy="later-until">
              {t('sign-in.later')}
            </Button>
          )}
        </Actions>
        {view.later && (
          <p class="hint" id="later-until">
            {view.later.untilSentence} {view.later.returnsSentence}
          </p>
        )}
      </Form>
      <Because question={t('common.why')} open={view.later === null}>
        {view.becauseSentence}
      </Because>
    </DoorPage>
  ),
  examples: (words) => ({
    'two-left': example(words, 2),
    'last-chance': example(words, 1),
    overdue: { ...example(words, 1), later: null, lastChanceSentence: null, becauseSentence: overdue(words) },
  }),
  person: true,
};

function example(words: Words, left: 1 | 2): PromptView {
  const { t, date, shortDate } = words;
  const lastDay = Temporal.PlainDate.from('2026-06-30');
  const organisation = 'Bakkerij van Dam';
  return {
    name: 'Grace de Boer',
    address: 'grace@bakkerij.example',
    error: null,
    later: {
      untilSentence: `${t('sign-in.prompt-later-until', { date: date(lastDay) })} ${t('sign-in.prompt-left', { count: left })}`,
      returnsSentence: t('sign-in.prompt-returns', {
        count: left === 1 ? 1 : 3,
        date: shortDate(Temporal.PlainDate.from('2026-06-23')),
      }),
    },
    lastChanceSentence: left === 1 ? t('sign-in.prompt-last-chance') : null,
    becauseSentence: t('sign-in.because-campaign', {
      organisation,
      since: shortDate(Temporal.PlainDate.from('2026-04-01')),
      date: date(lastDay),
      place: 'Amsterdam',
    }),
  };
}

function overdue({ t, date, shortDate }: Words): string {
  return t('sign-in.because-overdue', {
    organisation: 'Bakkerij van Dam',
    since: shortDate(Temporal.PlainDate.from('2026-04-01')),
    date: date(Temporal.PlainDate.from('2026-06-30')),
  });
}
