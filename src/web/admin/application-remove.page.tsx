import type { Refused } from '#core/refusal.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Field } from '#ui/field.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';

export type RemoveApplicationView = {
  id: string;
  name: string;
  typed: string;
  refused: Refused | null;
  now: Temporal.Instant;
};

export const removeApplicationPage: Page<RemoveApplicationView> = {
  name: 'admin-remove',
  title: ({ name }, { t }) => `${t('admin.remove-heading', { name })} · ${t('admin.where')}`,
  hasError: ({ refused }) => refused !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { id, name } = view;
    const page = `/admin/applications/${id}`;
    return (
      <DoorPage
        frame={frame}
        heading={t('admin.remove-heading', { name })}
        lead={t('admin.remove-lead')}
        back={{ label: name, href: page }}
      >
        <Form action={`${page}/remove`}>
          <Field
            name="name"
            label={t('admin.remove-name', { name })}
            value={view.typed}
            error={view.refused && words.refusal(view.refused, view.now)}
            autocomplete="off"
            required
          />
          <Actions>
            <Button kind="danger">{t('admin.remove')}</Button>
            <ButtonLink href={page} kind="quiet">
              {t('common.cancel')}
            </ButtonLink>
          </Actions>
        </Form>
      </DoorPage>
    );
  },
  examples: {
    plain: { id: 'a', name: 'Loonstrook', typed: '', refused: null, now: EXAMPLE_NOW },
    'name-not-typed': {
      id: 'a',
      name: 'Loonstrook',
      typed: 'loonstroken',
      refused: { refusal: 'name-not-typed' },
      now: EXAMPLE_NOW,
    },
  },
  person: true,
};
