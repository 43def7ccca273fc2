import { List, Row } from '#ui/list.tsx';
import { Section } from '#ui/section.tsx';
import { Time } from '#ui/time.tsx';
import { deviceInWords } from '#words/device.ts';
import type { Words } from '#words/index.ts';
import { activityLine } from './activity-line.ts';
import type { AccountView } from './view.ts';

/** What happened to the account, so that its owner can see what was not them. */
export function Activity({ view, words }: { view: AccountView; words: Words }) {
  const { t, instant } = words;
  return (
    <Section id="activity" heading={t('account.section-activity')} intro={<p>{t('account.activity-intro')}</p>}>
      {view.activity.length === 0 && <p>{t('account.activity-empty')}</p>}
      <List label={t('account.section-activity')}>
        {view.activity.map((line, index) => (
          <Row
            key={index}
            title={activityLine(line, words)}
            meta={
              <>
                <Time at={line.at}>{instant(line.at)}</Time>
                {line.userAgent && ` · ${deviceInWords(line.userAgent, words)}`}
                {line.address && ` · ${line.address}`}
              </>
            }
          />
        ))}
      </List>
    </Section>
  );
}
