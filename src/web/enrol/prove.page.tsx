import type { PrintedScreen, ScannedScreen } from '#authenticators/screen.ts';
import { bindScreens } from '#authenticators/screens.ts';
import { Button } from '#ui/button.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';

import { exampleOf, WizardPage, type WizardView } from './wizard-page.tsx';

export type ProveView = WizardView & { type: string; entryName: string };

/** Step 3. */
export const provePage: Page<ProveView> = {
  name: 'enrol-prove',
  title: (view, { t }) => t(screenOf(view.type).proveHeading),
  hasError: (view) => view.error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const screen = screenOf(view.type);
    return (
      <WizardPage
        view={view}
        words={words}
        frame={frame}
        heading={t(screen.proveHeading)}
        lead={t(screen.proveLead, { entry: view.entryName })}
      >
        <Form action="/enrol/code">
          <screen.Prove words={words} error={view.error} />
          <Actions>
            <Button wide>{t('common.next')}</Button>
          </Actions>
        </Form>
      </WizardPage>
    );
  },
  examples: (words) => ({
    empty: { ...exampleOf(3), type: 'totp', entryName: 'Bakkerij van Dam, Jun 2026' },
    'code-card': { ...exampleOf(3), type: 'code-card', entryName: '' },
    'code-card-wrong': {
      ...exampleOf(3, { error: words.refusal({ refusal: 'card-code-wrong', detail: { limit: 1 } }, EXAMPLE_NOW) }),
      type: 'code-card',
      entryName: '',
    },
    'older-qr': {
      ...exampleOf(3, {
        error: words.refusal({ refusal: 'code-from-older-qr' }, EXAMPLE_NOW),
      }),
      type: 'totp',
      entryName: 'Bakkerij van Dam, Jun 2026',
    },
  }),
  person: true,
};

function screenOf(type: string): ScannedScreen | PrintedScreen {
  const screen = bindScreens[type];
  if (!screen || !('Prove' in screen)) throw new Error(`No screen for proving ${type}`);
  return screen;
}
