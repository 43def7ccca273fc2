import { Button } from '#ui/button.tsx';
import { Deadbolt } from '#ui/deadbolt.tsx';
import { Form } from '#ui/form.tsx';
import { Because } from '#ui/notice.tsx';
import type { Words } from '#words/index.ts';
import { typeName } from '../account/authenticator-name.ts';
import { becauseSentence } from '../sign-in/views.ts';
import type { PortalView } from './view.ts';

/** How well the account is locked, and the one thing to do about it. */
export function Protection({ view, words }: { view: PortalView; words: Words }) {
  const { t } = words;
  switch (view.enrolment) {
    case 'none':
      return <Off view={view} words={words} />;
    case 'without-backup-code':
      return (
        <Deadbolt
          id="protection"
          turns={2}
          heading={t('portal.no-backup-code')}
          action={
            <Form action="/account/backup-code" inline>
              <Button>{t('account.new-backup-code')}</Button>
            </Form>
          }
        >
          <p>{t('account.no-backup-code-lead')}</p>
        </Deadbolt>
      );
    case 'without-authenticator':
      return (
        <Deadbolt
          id="protection"
          turns={2}
          heading={t('portal.no-authenticator')}
          action={
            <Form action="/account/move" inline>
              <Button>{t('account.move')}</Button>
            </Form>
          }
        >
          <p>{t('account.no-authenticator-lead')}</p>
        </Deadbolt>
      );
    case 'enrolled':
      return (
        <Deadbolt id="protection" turns={2} heading={t('portal.on')}>
          <p>{t('portal.on-why')}</p>
          <p>{t('portal.on-ways', { ways: waysInWords(view.ways, words) })}</p>
          <p>
            <a href="/account">{t('portal.look')}</a>
          </p>
        </Deadbolt>
      );
  }
  view.enrolment satisfies never;
}

function Off({ view: { asked }, words }: { view: PortalView; words: Words }) {
  const { t, date } = words;
  const day = asked?.duty.lastDay;
  const until = asked?.duty.kind === 'required' ? 'account.two-step-overdue' : 'account.two-step-until';
  return (
    <Deadbolt
      id="protection"
      turns={1}
      heading={t('portal.off')}
      action={
        <Form action="/account/enable" inline>
          <Button>{t('portal.enable')}</Button>
        </Form>
      }
    >
      <p>{t('account.two-step-off-why')}</p>
      {day && <p>{t(until, { date: date(day) })}</p>}
      {asked && (
        <Because question={t('common.why')}>
          <p>{becauseSentence(asked, words)}</p>
        </Because>
      )}
    </Deadbolt>
  );
}

/** "authenticator app, text message and backup code", in the order of the language. */
function waysInWords(ways: readonly string[], words: Words): string {
  const names = [...new Set(ways.map((type) => typeName(type, words).toLocaleLowerCase(words.lang)))];
  return new Intl.ListFormat(words.lang, { type: 'disjunction' }).format(names);
}
