import { ButtonLink } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { ApplicationForm, type FormView } from './application-form.tsx';
import { EXAMPLE_ROOM } from './examples.ts';
import { emptyValues, NO_RULE } from './form-values.ts';
import { addressOf, type Room } from './room.ts';

/** `form`: null while the kind is not chosen yet. */
export type AddView = { room: Room; form: FormView | null };

export const addPage: Page<AddView> = {
  name: 'admin-add',
  title: (_view, { t }) => `${t('admin.add')} · ${t('admin.where')}`,
  hasError: ({ form }) => form !== null && (form.wrong.length > 0 || form.refused !== null),
  body: ({ view: { room, form }, words, frame }) => {
    const { t } = words;
    const kinds = ['oidc', 'forward-auth'] as const;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={room}
        current="applications"
        heading={t('admin.add')}
        lead={form ? t(`admin.kind-${form.kind}`) : t('admin.add-lead')}
      >
        {form && (
          <ApplicationForm
            view={form}
            words={words}
            action={addressOf('/admin/applications/add', room)}
            cancel={addressOf('applications', room)}
            submit={t('admin.create')}
          />
        )}
        {!form &&
          kinds.map((kind) => (
            <Section
              key={kind}
              id={kind}
              heading={t(`admin.kind-${kind}`)}
              intro={<p>{t(`admin.kind-${kind}-cost`)}</p>}
              action={
                <ButtonLink
                  href={addressOf('/admin/applications/add', room, { kind })}
                  kind={kind === 'oidc' ? 'primary' : 'quiet'}
                >
                  {t('common.next')}
                </ButtonLink>
              }
            />
          ))}
      </AdminPage>
    );
  },
  examples: {
    kind: { room: EXAMPLE_ROOM, form: null },
    oidc: { room: EXAMPLE_ROOM, form: example({}) },
    errors: {
      room: EXAMPLE_ROOM,
      form: example({
        values: {
          ...emptyValues('bakkerij'),
          homeUrl: 'loonstrook',
          oidc: { ...emptyValues('').oidc, redirectUris: 'https://*.loonstrook.example/callback' },
        },
        wrong: [
          { field: 'name', refused: { refusal: 'application-name-invalid', detail: { limit: 60 } } },
          { field: 'homeUrl', refused: { refusal: 'home-address-invalid' } },
          {
            field: 'redirectUris',
            refused: { refusal: 'redirect-wildcard', detail: { quoted: 'https://*.loonstrook.example/callback' } },
          },
        ],
      }),
    },
    'forward-auth': {
      room: EXAMPLE_ROOM,
      form: example({
        kind: 'forward-auth',
        values: {
          ...emptyValues('bakkerij'),
          name: 'Wiki',
          rules: [{ ...NO_RULE, host: 'https://wiki.bakkerij.example', path: '/' }],
        },
        wrong: [{ field: 'rules.0.host', refused: { refusal: 'rule-host-invalid' } }],
      }),
    },
  },
  person: true,
};

function example(view: Partial<FormView>): FormView {
  return {
    kind: 'oidc',
    values: emptyValues('bakkerij'),
    wrong: [],
    refused: null,
    organisations: [
      { id: 'bakkerij', name: 'Bakkerij van Dam' },
      { id: 'brouwer', name: 'Brouwer & Vos Accountants' },
    ],
    groups: ['Bakers', 'Finance', 'Night shift'],
    seen: '',
    now: EXAMPLE_NOW,
    ...view,
  };
}
