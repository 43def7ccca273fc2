import type { Words } from '#words/index.ts';

export type DeskPlace = 'queue' | 'closed' | 'vouchers' | 'case';

const PLACES = [
  { at: 'queue', href: '/desk', label: 'desk.requests' },
  { at: 'closed', href: '/desk/closed', label: 'desk.closed' },
  { at: 'vouchers', href: '/desk/vouchers', label: 'desk.vouchers' },
] as const;

/** The rooms of the desk. */
export function DeskNav({ at, words: { t } }: { at: DeskPlace; words: Words }) {
  return (
    <nav class="desk-nav" aria-label={t('desk.heading')}>
      {PLACES.map((place) => (
        <a key={place.at} href={place.href} aria-current={place.at === at ? 'page' : undefined}>
          {t(place.label)}
        </a>
      ))}
      <a href="/vouch">{t('recovery.vouch-heading')}</a>
    </nav>
  );
}
