import type { Facts } from '#flows/world.ts';
import type { Member, MemberCursor } from '#store/administration.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { List, Row } from '#ui/list.tsx';
import { Sheet } from '#ui/sheet.tsx';
import type { Words } from '#words/index.ts';
import { Named } from '../account/named.tsx';
import type { Page } from '../page.ts';
import { AdminPage } from './admin-page.tsx';
import { EXAMPLE_ROOM } from './examples.ts';
import { addressOf, type Room } from './room.ts';

export type PersonRow = Pick<Member, 'account' | 'name' | 'address' | 'status' | 'role' | 'groups'> & {
  enrolment: Facts['enrolment'];
};

export type PeopleView = {
  room: Room;
  people: PersonRow[];
  search: string;
  /** Not the first page. */
  isLater: boolean;
  /** Where the next page begins. */
  next: MemberCursor | null;
  done: 'groups' | null;
};

export const peoplePage: Page<PeopleView> = {
  name: 'admin-people',
  title: (_view, { t }) => `${t('admin.people')} · ${t('admin.where')}`,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { room, search, people } = view;
    return (
      <AdminPage
        frame={frame}
        words={words}
        room={room}
        current="people"
        heading={t('admin.people')}
        lead={room.organisation.name}
        done={view.done && t(`admin.done-${view.done}`)}
      >
        <Sheet intro={<p>{t('admin.people-intro')}</p>} action={<Paging view={view} words={words} />}>
          <search>
            <form method="get" action="/admin/people" class="search">
              {room.others.length > 0 && <input type="hidden" name="organisation" value={room.organisation.slug} />}
              <Field name="search" label={t('admin.search')} type="search" value={search} autocomplete="off" />
              <Button kind="quiet">{t('admin.search-go')}</Button>
            </form>
          </search>
          {people.length === 0 && (
            <p class="section-intro">{search ? t('admin.people-none', { search }) : t('admin.people-empty')}</p>
          )}
          {people.length > 0 && (
            <List label={t('admin.people')}>
              {people.map((one) => (
                <PersonItem key={one.account} one={one} room={room} words={words} />
              ))}
            </List>
          )}
        </Sheet>
      </AdminPage>
    );
  },
  examples: {
    several: {
      room: EXAMPLE_ROOM,
      people: [
        person({ name: 'Ann de Bakker', groups: ['Bakers', 'Night shift'] }),
        person({ name: 'Bob Vermeer', enrolment: 'none', groups: [] }),
        person({
          name: 'Wilhelmina Antoinette van den Broek-Hooijdonk',
          address: 'wilhelmina.antoinette.vandenbroek-hooijdonk@bakkerij.example',
          role: 'administrator',
          enrolment: 'without-backup-code',
        }),
        person({ name: 'Cem Yıldız', status: 'disabled', groups: [] }),
      ],
      search: '',
      isLater: false,
      next: { name: 'Cem Yıldız', account: 'c' },
      done: 'groups',
    },
    nobody: { room: EXAMPLE_ROOM, people: [], search: 'zzz', isLater: false, next: null, done: null },
  },
  person: true,
};

function PersonItem({ one, room, words }: { one: PersonRow; room: Room; words: Words }) {
  const { t, lang } = words;
  const badge = one.status === 'disabled' ? t('admin.disabled') : one.role !== 'member' && t(`portal.role-${one.role}`);
  return (
    <Row
      title={one.name || one.address}
      badge={badge || undefined}
      detail={one.address}
      meta={[
        t(`admin.enrolment-${one.enrolment}`),
        ...(one.groups.length > 0 ? [new Intl.ListFormat(lang).format(one.groups)] : []),
      ].join(' · ')}
      actions={
        <a href={addressOf(`/admin/people/${one.account}/groups`, room)}>
          <Named short={t('admin.groups-change')} whole={t('admin.groups-of', { name: one.name })} />
        </a>
      }
    />
  );
}

function Paging({ view: { room, search, next, isLater }, words: { t } }: { view: PeopleView; words: Words }) {
  if (!next && !isLater) return null;
  const wish: Record<string, string> = search ? { search } : {};
  return (
    <>
      {isLater && <a href={addressOf('people', room, wish)}>{t('admin.first-page')}</a>}
      {next && (
        <a href={addressOf('people', room, { ...wish, after: next.name, 'after-id': next.account })}>
          {t('admin.more-people')}
        </a>
      )}
    </>
  );
}

function person(row: Partial<PersonRow>): PersonRow {
  return {
    account: row.name ?? 'a',
    name: 'Ann',
    address: 'ann@bakkerij.example',
    status: 'active',
    role: 'member',
    groups: ['Finance'],
    enrolment: 'enrolled',
    ...row,
  };
}
