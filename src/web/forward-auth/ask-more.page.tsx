import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import type { Page } from '../page.ts';

export type AskMoreView = {
  application: string;
  /** Seconds that a proof may be old; null where a second step is missing. */
  freshWithinSeconds: number | null;
  /** What the form sends back: where the person is going. */
  place: Record<string, string>;
};

/** The session is not enough for this place: why, and a button that begins to raise it. */
export const askMorePage: Page<AskMoreView> = {
  name: 'forward-ask-more',
  title: ({ application }, { t }) => t('forward-auth.ask-heading', { application }),
  body: ({ view, words, frame }) => (
    <DoorPage
      frame={frame}
      heading={words.t('forward-auth.ask-heading', { application: view.application })}
      lead={leadOf(view, words)}
    >
      <Form action="/forward-auth/begin" hidden={view.place}>
        <Actions>
          <Button>{words.t('common.continue')}</Button>
          <ButtonLink href="/" kind="quiet">
            {words.t('common.cancel')}
          </ButtonLink>
        </Actions>
      </Form>
    </DoorPage>
  ),
  examples: {
    'two-steps': { application: 'Night shift roster', freshWithinSeconds: null, place: {} },
    fresh: { application: 'Night shift roster', freshWithinSeconds: 300, place: {} },
  },
  person: true,
};

function leadOf(
  { application, freshWithinSeconds }: AskMoreView,
  { t, wait }: Parameters<typeof askMorePage.body>[0]['words'],
) {
  if (freshWithinSeconds === null) return t('forward-auth.ask-two-steps', { application });
  const seconds = Temporal.Duration.from({ seconds: freshWithinSeconds });
  return t('forward-auth.ask-fresh', { application, wait: wait(seconds) });
}
