import { EXAMPLE_NOW, type Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { ApplicationForm, type FormView } from './application-form.tsx';
import { EXAMPLE_PAYROLL, EXAMPLE_ROOM } from './examples.ts';
import { valuesOf } from './form-values.ts';
import type { Room } from './room.ts';

export type ChangeView = { room: Room; id: string; name: string; form: FormView };

export const changePage: Page<ChangeView> = {
  name: 'admin-change',
  title: ({ name }, { t }) => `${t('admin.change-heading', { name })} · ${t('admin.where')}`,
  hasError: ({ form }) => form.wrong.length > 0 || form.refused !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const page = `/admin/applications/${view.id}`;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={view.room}
        current="applications"
        heading={t('admin.change-heading', { name: view.name })}
        lead={t(`admin.kind-${view.form.kind}`)}
      >
        <ApplicationForm
          view={view.form}
          words={words}
          action={`${page}/change`}
          cancel={page}
          submit={t('admin.save')}
        />
      </AdminPage>
    );
  },
  examples: {
    stale: example({ refused: { refusal: 'fresh-proof-required' } }),
    'changed-meanwhile': example({ refused: { refusal: 'changed-meanwhile' } }),
  },
  person: true,
};

function example(form: Partial<FormView>): ChangeView {
  const { id, name, kind } = EXAMPLE_PAYROLL;
  return {
    room: EXAMPLE_ROOM,
    id,
    name,
    form: {
      kind,
      values: valuesOf(EXAMPLE_PAYROLL),
      wrong: [],
      refused: null,
      organisations: [{ id: 'bakkerij', name: 'Bakkerij van Dam' }],
      groups: ['Finance', 'Night shift'],
      seen: '',
      now: EXAMPLE_NOW,
      ...form,
    },
  };
}
