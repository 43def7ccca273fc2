import type { HelpAnswer } from '#store/help.ts';
import { Button } from '#ui/button.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { Notice } from '#ui/notice.tsx';
import type { Lang, Words } from '#words/index.ts';
import type { Reading } from './reading.ts';

type AnswerProps = { reading: Reading; slug: string; lang: Lang; said: HelpAnswer | null; words: Words };

/** *Was this helpful?* and *I'm stuck here*, instead of comments: counted, and nothing kept of who it was. */
export function Answer({ reading, slug, lang, said, words: { t } }: AnswerProps) {
  if (said) {
    return (
      <div id="answer">
        <Notice kind={said === 'stuck' ? 'info' : 'success'} announce>
          <p>{t(`help.said-${said}`)}</p>
          {said === 'stuck' && (
            <p>
              {t('help.said-stuck-what')} <a href="#person">{t('help.person')}</a>
            </p>
          )}
        </Notice>
      </div>
    );
  }
  const hidden = {
    article: slug,
    lang,
    at: reading.at,
    from: reading.from ?? '',
    about: reading.about ?? '',
  };
  return (
    <section id="answer" aria-labelledby="answer-heading">
      <h2 class="minor-heading" id="answer-heading">
        {t('help.answer-question')}
      </h2>
      <Form action="/help/answer" hidden={hidden}>
        <Actions>
          <Button kind="quiet" name="answer" value="yes">
            {t('help.yes')}
          </Button>
          <Button kind="quiet" name="answer" value="no">
            {t('help.no')}
          </Button>
          <Button kind="quiet" name="answer" value="stuck" describedBy="stuck-what">
            {t('help.stuck')}
          </Button>
        </Actions>
        <p class="hint" id="stuck-what">
          {t('help.stuck-what')}
        </p>
      </Form>
    </section>
  );
}
