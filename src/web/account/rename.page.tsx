import type { Refused } from '#core/refusal.ts';
import { Button } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type RenameView = {
  id: string;
  /** As typed, or as it is now. */
  label: string;
  now: Temporal.Instant;
  refused: Refused | null;
};

export const renamePage: Page<RenameView> = {
  name: 'account-rename',
  title: (_view, { t }) => t('account.rename-heading'),
  hasError: (view) => view.refused !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <DoorPage
        frame={frame}
        heading={t('account.rename-heading')}
        lead={t('account.rename-lead')}
        back={{ label: t('account.heading'), href: '/account' }}
      >
        <Form action="/account/authenticators/rename" hidden={{ id: view.id }}>
          <Field
            name="label"
            label={t('account.rename-label')}
            value={view.label}
            error={view.refused && words.refusal(view.refused, view.now)}
            autocomplete="off"
            autofocus
            required
          />
          <Actions>
            <Button wide>{t('account.rename-save')}</Button>
          </Actions>
        </Form>
      </DoorPage>
    );
  },
  examples: {
    plain: example({}),
    empty: example({ label: '', refused: { refusal: 'label-too-long', detail: { limit: 40 } } }),
  },
  person: true,
};

function example(view: Partial<RenameView>): RenameView {
  return { id: 'a1', label: 'Bakkerij van Dam, Mar 2026', now: EXAMPLE_NOW, refused: null, ...view };
}
