import type { Refused } from '#core/refusal.ts';
import { Button, ButtonLink } from '#ui/button.tsx';
import { DoorPage } from '#ui/door-page.tsx';
import { Actions, Form } from '#ui/form.tsx';
import { TextArea } from '#ui/text-area.tsx';
import { EXAMPLE_NOW, type Page } from '../page.ts';
import { EXAMPLE_ROOM } from './examples.ts';
import { addressOf, type Room } from './room.ts';

export type GroupsView = {
  room: Room;
  person: { account: string; name: string; address: string };
  /** As typed, or as it is. */
  groups: string;
  known: string[];
  refused: Refused | null;
  now: Temporal.Instant;
};

export const groupsPage: Page<GroupsView> = {
  name: 'admin-groups',
  title: ({ person }, { t }) => `${t('admin.groups-of', { name: person.name })} · ${t('admin.where')}`,
  hasError: ({ refused }) => refused !== null,
  body: ({ view, words, frame }) => {
    const { t } = words;
    const { room, person, known } = view;
    const all = known.length > 0 && t('admin.groups-known', { groups: new Intl.ListFormat(words.lang).format(known) });
    return (
      <DoorPage
        frame={frame}
        heading={t('admin.groups-of', { name: person.name })}
        account={{ label: room.organisation.name, name: person.name, detail: person.address }}
        back={{ label: t('admin.people'), href: addressOf('people', room) }}
      >
        <Form action={addressOf(`/admin/people/${person.account}/groups`, room)}>
          <TextArea
            name="groups"
            label={t('admin.groups-field')}
            hint={[t('admin.groups-field-hint'), all].filter(Boolean).join(' ')}
            value={view.groups}
            error={view.refused && words.refusal(view.refused, view.now)}
            rows={5}
          />
          <Actions>
            <Button>{t('admin.save')}</Button>
            <ButtonLink href={addressOf('people', room)} kind="quiet">
              {t('common.cancel')}
            </ButtonLink>
          </Actions>
        </Form>
      </DoorPage>
    );
  },
  examples: {
    plain: example({}),
    refused: example({
      groups: 'Finance, Night shift',
      refused: { refusal: 'group-name-invalid', detail: { limit: 60 } },
    }),
  },
  person: true,
};

function example(view: Partial<GroupsView>): GroupsView {
  return {
    room: EXAMPLE_ROOM,
    person: { account: 'a', name: 'Ann de Bakker', address: 'ann@bakkerij.example' },
    groups: 'Bakers\nNight shift',
    known: ['Bakers', 'Finance', 'Night shift'],
    refused: null,
    now: EXAMPLE_NOW,
    ...view,
  };
}
