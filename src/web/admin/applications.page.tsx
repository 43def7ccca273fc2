import { ButtonLink } from '#ui/button.tsx';
import { List, Row } from '#ui/list.tsx';
import { Logo } from '#ui/logo.tsx';
import { Sheet } from '#ui/sheet.tsx';
import type { Application } from '#store/rows.ts';
import { Named } from '../account/named.tsx';
import type { Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { EXAMPLE_OFF, EXAMPLE_PAYROLL, EXAMPLE_ROOM, EXAMPLE_WIKI } from './examples.ts';
import { addressOf, type Room } from './room.ts';

export type ApplicationsView = { room: Room; applications: Application[]; done: 'removed' | null };

export const applicationsPage: Page<ApplicationsView> = {
  name: 'admin-applications',
  title: (_view, { t }) => `${t('admin.applications')} · ${t('admin.where')}`,
  body: ({ view, words, frame }) => {
    const { t } = words;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={view.room}
        current="applications"
        heading={t('admin.applications')}
        lead={view.room.organisation.name}
        done={view.done && t(`admin.done-${view.done}`)}
      >
        <Sheet
          intro={<p>{t(view.applications.length > 0 ? 'admin.apps-intro' : 'admin.apps-none')}</p>}
          action={<ButtonLink href={addressOf('/admin/applications/add', view.room)}>{t('admin.add')}</ButtonLink>}
        >
          {view.applications.length > 0 && (
            <List label={t('admin.applications')}>
              {view.applications.map((one) => (
                <Row
                  key={one.id}
                  picture={<Logo name={one.name} src={one.hasLogo ? `/applications/${one.id}/logo` : null} />}
                  title={one.name}
                  badge={one.status === 'disabled' ? t('admin.disabled') : undefined}
                  detail={`${t(`admin.kind-${one.kind}`)} · ${t(`admin.strength-${one.policy.strength}`)}`}
                  meta={one.homeUrl || undefined}
                  actions={
                    <a href={`/admin/applications/${one.id}`}>
                      <Named short={t('admin.open')} whole={t('admin.open-what', { name: one.name })} />
                    </a>
                  }
                />
              ))}
            </List>
          )}
        </Sheet>
      </AdminPage>
    );
  },
  examples: {
    several: { room: EXAMPLE_ROOM, applications: [EXAMPLE_PAYROLL, EXAMPLE_OFF, EXAMPLE_WIKI], done: 'removed' },
    none: { room: EXAMPLE_ROOM, applications: [], done: null },
  },
  person: true,
};
