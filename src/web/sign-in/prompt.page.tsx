import { DoorPage } from '#ui/door-page.tsx';
import { Button } from '#ui/button.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Because, Notice } from '#ui/notice.tsx';
import { Prose } from '#ui/prose.tsx';
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
  examples: {
    'two-left': {
      name: 'Grace de Boer',
      address: 'grace@bakkerij.example',
      laterSentence: 'You can set this up later, until Tuesday 30 June 2026. 2 reminders left.',
      returnsSentence: 'We will ask again after 3 sign-ins or on 22 June 2026, whichever comes first.',
      lastChanceSentence: null,
      becauseSentence:
        'Bakkerij van Dam asks everyone to use two-step verification, since 1 April 2026, and requires it after Tuesday 30 June 2026. Questions: personeel@bakkerij.example.',
    },
    'last-chance': {
      name: 'Grace de Boer',
      address: 'grace@bakkerij.example',
      laterSentence: 'You can set this up later, until Tuesday 30 June 2026. 1 reminder left.',
      returnsSentence: 'We will ask again at your next sign-in.',
      lastChanceSentence:
        'You usually sign in once a month, so this may be the last time before the date. Setting it up now takes about three minutes.',
      becauseSentence: 'Bakkerij van Dam asks everyone to use two-step verification, since 1 April 2026.',
    },
  },
  person: true,
};
