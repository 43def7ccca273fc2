import { Disclosure } from '#ui/disclosure.tsx';
import { List, Row } from '#ui/list.tsx';
import { Section } from '#ui/section.tsx';
import { Time } from '#ui/time.tsx';
import { deviceInWords } from '#words/device.ts';
import type { Words } from '#words/index.ts';
import { activityLine } from './activity-line.ts';
import type { AccountView, ActivityView } from './view.ts';

/** As many as fit a phone's screen or two; the rest is a tap away. */
const SHOWN_AT_ONCE = 8;

/** What happened to the account, so that its owner can see what was not them. */
export function Activity({ view: { activity }, words }: { view: AccountView; words: Words }) {
  const { t } = words;
  const earlier = activity.slice(SHOWN_AT_ONCE);
  return (
    <Section id="activity" heading={t('account.section-activity')} intro={<p>{t('account.activity-intro')}</p>}>
      {activity.length === 0 && <p class="section-intro">{t('account.activity-empty')}</p>}
      <Lines lines={activity.slice(0, SHOWN_AT_ONCE)} label={t('account.section-activity')} words={words} />
      {earlier.length > 0 && (
        <Disclosure summary={t('account.activity-earlier', { count: earlier.length })}>
          <Lines lines={earlier} label={t('account.activity-earlier', { count: earlier.length })} words={words} />
        </Disclosure>
      )}
    </Section>
  );
}

function Lines({ lines, label, words }: { lines: readonly ActivityView[]; label: string; words: Words }) {
  if (lines.length === 0) return null;
  return (
    <List label={label}>
      {lines.map((line, index) => (
        <Row
          key={index}
          title={activityLine(line, words)}
          meta={
            <>
              <Time at={line.at}>{words.instant(line.at)}</Time>
              {line.userAgent && ` · ${deviceInWords(line.userAgent, words)}`}
              {line.address && ` · ${line.address}`}
            </>
          }
        />
      ))}
    </List>
  );
}
