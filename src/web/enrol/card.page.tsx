import { bindScreens } from '#authenticators/screens.ts';
import type { PrintedScreen } from '#authenticators/screen.ts';
import { Button } from '#ui/button.tsx';
import { CodeCard } from '#ui/code-card.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { exampleOf, WizardPage, type WizardView } from './wizard-page.tsx';

export type CardView = WizardView & {
  type: string;
  codes: readonly string[];
  organisation: string;
  madeAt: Temporal.Instant;
  /** Where it is used. */
  host: string;
  fileText: string;
};

export const CARD_FILE = 'nachtslot-code-card.txt';

/** Step 2 of what is printed: the card, shown in this wizard and never again. */
export const cardPage: Page<CardView> = {
  name: 'enrol-card',
  title: (view, { t }) => t(printedScreenOf(view.type).printHeading),
  hasError: (view) => view.error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const screen = printedScreenOf(view.type);
    return (
      <WizardPage view={view} words={words} frame={frame} heading={t(screen.printHeading)} lead={t(screen.printLead)}>
        <CodeCard
          label={t('enrol.code-card-label', { organisation: view.organisation })}
          codes={view.codes}
          about={t('enrol.code-card-paper', {
            address: view.address,
            date: words.shortDate(view.madeAt),
            link: view.host,
          })}
          rules={t('enrol.code-card-rules')}
          fileName={CARD_FILE}
          fileText={view.fileText}
          downloadAction="/enrol/card/file"
        />
        <Form action="/enrol/scanned">
          <Actions>
            <Button wide>{t('enrol.code-card-next')}</Button>
          </Actions>
        </Form>
      </WizardPage>
    );
  },
  examples: { card: example(20), 'longest-card': example(50) },
  person: true,
};

export function printedScreenOf(type: string): PrintedScreen {
  const screen = bindScreens[type];
  if (!screen || !('codesOf' in screen)) throw new Error(`No screen for printing ${type}`);
  return screen;
}

function example(count: number): CardView {
  const symbols = '7KQ24M9XB3TFH8WNC5RV';
  const symbol = (at: number) => symbols.charAt(at % symbols.length);
  const four = (from: number) => [0, 3, 8, 14].map((step) => symbol(from + step)).join('');
  return {
    ...exampleOf(2),
    type: 'code-card',
    codes: Array.from({ length: count }, (_, index) => `${four(index * 7)}-${four(index * 11 + 5)}`),
    organisation: 'Bakkerij van Dam',
    madeAt: EXAMPLE_NOW,
    host: 'id.bakkerij.example',
    fileText: '',
  };
}
