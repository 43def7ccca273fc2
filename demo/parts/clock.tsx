import { Button } from '#ui/button.tsx';
import { Form } from '#ui/form.tsx';
import { List, Row, Unseen } from '#ui/list.tsx';
import { Notice } from '#ui/notice.tsx';
import { Section } from '#ui/section.tsx';
import { Time } from '#ui/time.tsx';
import type { DemoWords } from '../words/en.ts';

export type ClockView = {
  now: Temporal.Instant;
  /** As people say it. */
  moment: string;
  /** How far ahead, as people say it; null at the real time. */
  ahead: string | null;
  houses: readonly { name: string; lastDay: string; left: string; rules: string; dayAfter: string | null }[];
  error: string | null;
};

/** The time that campaigns see, the dates that hang on it, and buttons to move it. */
export function Clock({ view, say }: { view: ClockView; say: DemoWords }) {
  const { now, moment, ahead, houses, error } = view;
  return (
    <Section id="clock" heading={say.clock} intro={<p>{say.clockIntro}</p>}>
      <p class="clock-now">
        <Time at={now}>{say.itIs(moment)}</Time> {ahead === null ? say.isReal : say.isAhead(ahead)}
      </p>
      {error && (
        <Notice kind="error" announce>
          {error}
        </Notice>
      )}
      <div class="clock-buttons">
        <Move say={say.plusDay} name="advance" value="P1D" />
        <Move say={say.plusWeek} name="advance" value="P1W" />
        <Move say={say.plusMonth} name="advance" value="P30D" />
        {ahead !== null && <Move say={say.back} name="real" value="yes" />}
      </div>
      <List>
        {houses.map(({ name, lastDay, left, rules, dayAfter }) => (
          <Row
            key={name}
            icon="clock"
            title={name}
            badge={left}
            detail={say.lastDay(lastDay)}
            meta={rules}
            actions={
              dayAfter && <Move say={say.dayAfter} of={say.dayAfterOf(name)} name="at" value={dayAfter} kind="link" />
            }
          />
        ))}
      </List>
    </Section>
  );
}

type MoveProps = {
  say: string;
  /** The rest of the name, for who does not see the row it stands in. */
  of?: string;
  name: 'advance' | 'at' | 'real';
  value: string;
  kind?: 'quiet' | 'link';
};

function Move({ say, of, name, value, kind = 'quiet' }: MoveProps) {
  return (
    <Form action="/demo/clock" hidden={{ [name]: value }} inline>
      <Button kind={kind}>
        {say}
        {of && <Unseen>{of}</Unseen>}
      </Button>
    </Form>
  );
}
