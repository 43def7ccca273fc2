import type { CeremonyScreen } from '#authenticators/screen.ts';
import { bindScreens } from '#authenticators/screens.ts';
import { PasskeyForm } from '#ui/passkey-form.tsx';
import { Prose } from '#ui/prose.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { exampleOf, WizardPage, type WizardView } from './wizard-page.tsx';

export type CeremonyView = WizardView & { type: string };

/** Step 2 of what the device sets up by itself: one button, and the device asks for the rest. */
export const ceremonyPage: Page<CeremonyView> = {
  name: 'enrol-ceremony',
  title: (view, { t }) => t(ceremonyOf(view.type).heading),
  hasError: (view) => view.error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { heading, lead, about, press } = ceremonyOf(view.type);
    return (
      <WizardPage view={view} words={words} frame={frame} heading={t(heading)} lead={t(lead)}>
        <Prose>
          <ul>
            {about.map((key) => (
              <li key={key}>{t(key)}</li>
            ))}
          </ul>
        </Prose>
        <PasskeyForm
          does="create"
          action={`/enrol/${view.type}`}
          options={`/enrol/${view.type}/options`}
          button={t(press.button)}
          failed={t(press.failed)}
          already={press.already && t(press.already)}
          error={view.error}
          without={<p>{t(press.without)}</p>}
        />
      </WizardPage>
    );
  },
  examples: (words) => ({
    passkey: { ...exampleOf(2, { progress: { step: 2, of: 4 } }), type: 'passkey' },
    refused: {
      ...exampleOf(2, {
        progress: { step: 2, of: 4 },
        error: words.refusal({ refusal: 'passkey-not-accepted' }, EXAMPLE_NOW),
      }),
      type: 'passkey',
    },
  }),
  person: true,
};

export function ceremonyOf(type: string): CeremonyScreen {
  const screen = bindScreens[type];
  if (!screen || !('press' in screen)) throw new Error(`No ceremony for ${type}`);
  return screen;
}
