import { PostLink } from '#ui/button.tsx';
import type { Language } from '#ui/frame.ts';
import { List, Row } from '#ui/list.tsx';
import { Section } from '#ui/section.tsx';
import type { Words } from '#words/index.ts';

/** The account's own language. Each is named in itself: whoever looks for Dutch may not read English. */
export function Languages({ languages, words: { t } }: { languages: readonly Language[]; words: Words }) {
  return (
    <Section id="language" heading={t('common.language')} intro={<p>{t('account.language-intro')}</p>}>
      <List label={t('common.language')}>
        {languages.map(({ code, label, current }) => (
          <Row
            key={code}
            title={<span lang={code}>{label}</span>}
            badge={current ? t('account.language-current') : undefined}
            actions={
              current ? undefined : (
                <PostLink action="/language" hidden={{ language: code, 'return-to': '/account' }}>
                  {t('account.language-use', { language: label })}
                </PostLink>
              )
            }
          />
        ))}
      </List>
    </Section>
  );
}
