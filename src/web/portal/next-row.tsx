import { Row } from '#ui/list.tsx';
import type { Words } from '#words/index.ts';
import type { Next } from './view.ts';

/** One thing worth a look: the title leads to where something can be done about it. */
export function NextRow({ one, words }: { one: Next; words: Words }) {
  const { t, shortDate } = words;
  switch (one.what) {
    case 'wrong':
      return (
        <Row
          icon="warning"
          title={<a href="/account#activity">{t('portal.next-wrong', { count: one.count })}</a>}
          detail={t('portal.next-wrong-what')}
        />
      );
    case 'sessions':
      return (
        <Row
          icon="laptop"
          title={<a href="/account#devices">{t('portal.next-sessions', { count: one.count })}</a>}
          detail={t('portal.next-sessions-what')}
        />
      );
    case 'code':
      return (
        <Row
          icon="paper"
          title={<a href="/account#password-and-2fa">{t('portal.next-code', { hint: one.hint })}</a>}
          detail={t('portal.next-code-what', { date: shortDate(one.since) })}
        />
      );
    case 'device':
      return (
        <Row
          icon="clock"
          title={<a href="/account#devices">{t('portal.next-device', { date: shortDate(one.until) })}</a>}
          detail={t('portal.next-device-what')}
        />
      );
  }
  one satisfies never;
}
