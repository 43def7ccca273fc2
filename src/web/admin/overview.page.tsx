import { ButtonLink } from '#ui/button.tsx';
import { Section } from '#ui/section.tsx';
import type { Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { EXAMPLE_ROOM } from './examples.ts';
import { addressOf, type Room } from './room.ts';

export type OverviewView = { room: Room; applications: number; people: number; tokens: number; help: number };

/** The entrance to administration: what there is to look after. */
export const overviewPage: Page<OverviewView> = {
  name: 'admin',
  title: (_view, { t }) => `${t('admin.heading')} · ${t('admin.where')}`,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { room } = view;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={room}
        current="overview"
        heading={t('admin.heading')}
        lead={t('admin.lead', { organisation: room.organisation.name })}
      >
        {(['people', 'applications', 'tokens', 'help'] as const).map((name) => (
          <Section
            key={name}
            id={name}
            heading={t(`admin.${name}`)}
            intro={<p>{t(`admin.${name}-count`, { count: view[name] })}</p>}
            action={
              <ButtonLink href={addressOf(name, room)} kind="quiet">
                {t('admin.open-what', { name: t(`admin.${name}`) })}
              </ButtonLink>
            }
          />
        ))}
      </AdminPage>
    );
  },
  examples: {
    plain: { room: EXAMPLE_ROOM, applications: 4, people: 63, tokens: 1, help: 2 },
    'two-organisations': {
      room: { ...EXAMPLE_ROOM, others: [{ slug: 'brouwer', name: 'Brouwer & Vos Accountants' }] },
      applications: 0,
      people: 1,
      tokens: 0,
      help: 0,
    },
  },
  person: true,
};
