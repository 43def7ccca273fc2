import type { ComponentChildren } from 'preact';
import type { Frame } from '#ui/frame.ts';
import { Notice } from '#ui/notice.tsx';
import { Tabs } from '#ui/tabs.tsx';
import { WidePage } from '#ui/wide-page.tsx';
import type { Words } from '#words/index.ts';
import { addressOf, type Room, type RoomName } from './room.ts';

type AdminPageProps = {
  frame: Frame;
  words: Words;
  room: Room;
  current: RoomName;
  heading: string;
  lead?: ComponentChildren;
  /** What was just done. */
  done?: string | null;
  children: ComponentChildren;
};

const ROOMS: readonly RoomName[] = ['overview', 'applications', 'people', 'tokens', 'help'];

/** The rooms of administration, with the way from one to the other, and to another organisation. */
export function AdminPage({ frame, words, room, current, heading, lead, done, children }: AdminPageProps) {
  const { t } = words;
  const items = ROOMS.map((name) => ({
    href: addressOf(name, room),
    label: t(`admin.${name}`),
    current: name === current,
  }));
  return (
    <WidePage frame={frame} heading={heading} lead={lead}>
      {room.others.length > 0 && <Houses room={room} current={current} words={words} />}
      <Tabs label={t('admin.where')} items={items} />
      {done && (
        <Notice kind="success" announce>
          <p>{done}</p>
        </Notice>
      )}
      {children}
    </WidePage>
  );
}

function Houses({ room, current, words: { t } }: { room: Room; current: RoomName; words: Words }) {
  return (
    <nav class="houses" aria-label={t('admin.organisation')}>
      <strong aria-current="true">{room.organisation.name}</strong>
      {room.others.map((other) => (
        <a key={other.slug} href={addressOf(current, { organisation: other, others: [room.organisation] })}>
          {other.name}
        </a>
      ))}
    </nav>
  );
}
