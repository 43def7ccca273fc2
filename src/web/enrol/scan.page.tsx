import { bindScreens } from '#authenticators/screens.ts';
import type { ScannedScreen, ScanProps } from '#authenticators/screen.ts';
import { Button } from '#ui/button.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import type { Page } from '../page.ts';
import { exampleOf, WizardPage, type WizardView } from './wizard-page.tsx';

export type ScanView = WizardView & { type: string; entry: Omit<ScanProps, 'words'>; labelMost: number };

/** Step 2. */
export const scanPage: Page<ScanView> = {
  name: 'enrol-scan',
  title: (view, { t }) => t(screenOf(view.type).scanHeading),
  hasError: (view) => view.error !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const screen = screenOf(view.type);
    return (
      <WizardPage view={view} words={words} frame={frame} heading={t(screen.scanHeading)}>
        <screen.Scan words={words} {...view.entry} />
        <Form action="/enrol/scanned">
          <Actions>
            <Button wide>{t('common.next')}</Button>
          </Actions>
        </Form>
        <Disclosure summary={t('enrol.rename')} id="rename" open={view.error !== null}>
          <Form action="/enrol/label">
            <Field
              name="label"
              label={t('enrol.label')}
              hint={t('enrol.label-hint')}
              value={view.entry.issuer}
              error={view.error}
              autocomplete="off"
              maxlength={view.labelMost * 2}
            />
            <Actions>
              <Button kind="quiet">{t('enrol.label-save')}</Button>
            </Actions>
          </Form>
        </Disclosure>
      </WizardPage>
    );
  },
  examples: {
    computer: example(false),
    phone: example(true),
  },
  person: true,
};

export function screenOf(type: string): ScannedScreen {
  const screen = bindScreens[type];
  if (!screen || !('Scan' in screen)) throw new Error(`No screen for binding ${type}`);
  return screen;
}

function example(onPhone: boolean): ScanView {
  const longCode = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const issuer = 'Bakkerij van Dam, Jun 2026';
  const account = 'grace@bakkerij.example';
  const uri = `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?secret=${longCode}&issuer=${encodeURIComponent(issuer)}`;
  return { ...exampleOf(2), type: 'totp', entry: { uri, longCode, issuer, account, onPhone }, labelMost: 60 };
}
