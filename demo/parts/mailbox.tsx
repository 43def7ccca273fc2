import { Icon } from '#ui/icon.tsx';
import { Section } from '#ui/section.tsx';
import { Time } from '#ui/time.tsx';
import type { DemoWords } from '../words/en.ts';

export type MessageView = {
  channel: 'mail' | 'sms';
  to: string;
  at: Temporal.Instant;
  moment: string;
  subject: string;
  /** Text and links in order, so that the page need not look for them. */
  parts: readonly { text: string; isLink: boolean }[];
};

export type MailboxView = {
  /** Only messages to this address or number. */
  to: string | null;
  messages: readonly MessageView[];
};

/** Everything that was sent, as text; the links in it work. */
export function Mailbox({ view: { to, messages }, say }: { view: MailboxView; say: DemoWords }) {
  return (
    <Section id="messages" heading={say.messages} intro={<p>{say.messagesIntro}</p>}>
      {to && (
        <p>
          {say.onlyTo(to)} <a href="/demo#messages">{say.all}</a>
        </p>
      )}
      {messages.length === 0 && <p class="empty">{say.noMessages}</p>}
      {messages.map((message, index) => (
        <Letter key={`${message.to} ${index}`} message={message} say={say} isOpen={index === 0} />
      ))}
    </Section>
  );
}

function Letter({ message, say, isOpen }: { message: MessageView; say: DemoWords; isOpen: boolean }) {
  const { channel, to, at, moment, subject, parts } = message;
  return (
    <details class="person letter" open={isOpen}>
      <summary>
        <Icon name={channel === 'mail' ? 'paper' : 'message'} />
        <span class="person-text">
          <span class="person-name">{subject || (parts[0]?.text ?? '').split('\n')[0]}</span>
          <span class="person-employers">
            {say[channel]} · {to} · <Time at={at}>{moment}</Time>
          </span>
        </span>
      </summary>
      <div class="letter-text">
        {parts.map(({ text, isLink }, index) =>
          isLink ? (
            <a key={index} href={text}>
              {text}
            </a>
          ) : (
            text
          ),
        )}
      </div>
    </details>
  );
}
