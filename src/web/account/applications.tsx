import { PostLink } from '#ui/button.tsx';
import { List, Row } from '#ui/list.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/section.tsx';
import { Time } from '#ui/time.tsx';
import type { Words } from '#words/index.ts';
import { scopeInWords } from '../applications/scopes.ts';
import { Named } from './named.tsx';
import type { AccountView } from './view.ts';

/** Who is told what, with the way to take it back. Nothing where nobody was ever asked. */
export function Applications({ view, words }: { view: AccountView; words: Words }) {
  const { t, date } = words;
  const { applications, problem, now } = view;
  if (applications.length === 0 && problem?.section !== 'applications') return null;
  return (
    <Section
      id="applications"
      heading={t('account.section-applications')}
      intro={<p>{t('account.applications-intro')}</p>}
    >
      {problem?.section === 'applications' && (
        <Notice kind="error" announce>
          <p>{problem.refused.refusal === 'not-found' ? t('account.gone') : words.refusal(problem.refused, now)}</p>
        </Notice>
      )}
      <List label={t('account.section-applications')}>
        {applications.map(({ id, name, scopes, givenAt }) => (
          <Row
            key={id}
            title={name}
            detail={sentence(scopes.map((scope) => scopeInWords(scope, words)))}
            meta={<Time at={givenAt}>{t('account.applications-since', { date: date(givenAt) })}</Time>}
            actions={
              <PostLink action="/account/applications/take-back" hidden={{ application: id }}>
                <Named short={t('account.take-back')} whole={t('account.take-back-what', { application: name })} />
              </PostLink>
            }
          />
        ))}
      </List>
    </Section>
  );
}

function sentence(parts: readonly string[]): string {
  const text = parts.join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
