import type { ComponentChildren } from 'preact';
import { Disclosure } from './disclosure.tsx';
import { Icon, type IconName } from './icon.tsx';

export type NoticeKind = 'info' | 'success' | 'warn' | 'error';

const ICONS: Record<NoticeKind, IconName> = { info: 'info', success: 'check', warn: 'clock', error: 'warning' };

type NoticeProps = {
  kind: NoticeKind;
  heading?: string;
  /** It is the answer to what was just done: a screen reader says it at once. */
  announce?: boolean;
  children?: ComponentChildren;
};

/** What happened, or what will. The kind is said by the words and the icon too, never by colour alone. */
export function Notice({ kind, heading, announce, children }: NoticeProps) {
  const role = announce ? (kind === 'error' ? 'alert' : 'status') : undefined;
  return (
    <div class={`notice ${kind}`} role={role}>
      <Icon name={ICONS[kind]} />
      <div>
        {heading && <p class="notice-heading">{heading}</p>}
        {children}
      </div>
    </div>
  );
}

/** The quiet line above a page, with the way back to what was put off. */
export function Banner({ action, children }: { action?: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="banner">
      <p>{children}</p>
      {action}
    </div>
  );
}

/** *Why am I asked?*: whose rule, since when, until when, whom to ask. */
export function Because(props: { question: string; open?: boolean; children: ComponentChildren }) {
  const { question, open, children } = props;
  return (
    <Disclosure summary={question} open={open}>
      {children}
    </Disclosure>
  );
}
