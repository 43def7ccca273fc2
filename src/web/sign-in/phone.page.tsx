import { Button } from '#ui/button.tsx';
import { Choices } from '#ui/choices.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export const PHONES = ['here', 'new', 'lost'] as const;

export type PhoneView = { name: string; address: string; error: string | null };

/** In by the paper or a text message: the one moment at which a lost phone can still be replaced by oneself. */
export const phonePage: Page<PhoneView> = {
  name: 'phone',
  title: (_view, { t }) => t('sign-in.phone-heading'),
  hasError: (view) => view.error !== null,
  body: ({ view, words: { t }, frame }) => (
    <DoorPage
      frame={frame}
      heading={t('sign-in.phone-heading')}
      lead={t('sign-in.phone-lead')}
      account={{ label: t('sign-in.signing-in-as'), name: view.name, detail: view.address }}
    >
      <Form action="/sign-in/phone">
        <Choices
          name="phone"
          legend={t('sign-in.phone-heading')}
          legendHidden
          error={view.error}
          options={PHONES.map((value) => ({
            value,
            title: t(`sign-in.phone-${value}`),
            cost: t(`sign-in.phone-${value}-cost`),
          }))}
        />
        <Actions>
          <Button wide>{t('common.continue')}</Button>
        </Actions>
      </Form>
    </DoorPage>
  ),
  examples: (words) => {
    const view = { name: 'Grace de Boer', address: 'grace@bakkerij.example', error: null };
    return {
      ask: view,
      'nothing-chosen': { ...view, error: words.refusal({ refusal: 'choice-missing' }, EXAMPLE_NOW) },
    };
  },
  person: true,
};
