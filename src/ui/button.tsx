import type { ComponentChildren } from 'preact';
import { Form } from './form.tsx';

/** `primary`: what goes on, one per page. `quiet`: the other way. `danger`: takes something away. `link`: beside text. */
export type ButtonKind = 'primary' | 'quiet' | 'danger' | 'link';

type ButtonProps = {
  kind?: ButtonKind;
  name?: string;
  value?: string;
  formaction?: string;
  /** As wide as its column. */
  wide?: boolean;
  /** The id of the text that says what this will do. */
  describedBy?: string;
  children: ComponentChildren;
};

/** Submits the form it stands in. */
export function Button({ kind = 'primary', name, value, formaction, wide, describedBy, children }: ButtonProps) {
  return (
    <button
      type="submit"
      class={classOf(kind, wide)}
      name={name}
      value={value}
      formaction={formaction}
      aria-describedby={describedBy}
    >
      {children}
    </button>
  );
}

/** Goes somewhere (a GET) and looks like a button. */
export function ButtonLink(props: {
  href: string;
  kind?: ButtonKind;
  wide?: boolean;
  /** Hidden until a script has seen that this browser knows passkeys. */
  withPasskeys?: boolean;
  children: ComponentChildren;
}) {
  const { href, kind = 'primary', wide, withPasskeys, children } = props;
  return (
    <a class={classOf(kind, wide)} href={href} hidden={withPasskeys} data-with-passkeys={withPasskeys}>
      {children}
    </a>
  );
}

/** A form of its own with one button, by default looking like a link: *Sign out*, *Try another way*. */
export function PostLink(props: {
  action: string;
  hidden?: Record<string, string>;
  kind?: ButtonKind;
  children: ComponentChildren;
}) {
  const { action, hidden, kind = 'link', children } = props;
  return (
    <Form action={action} hidden={hidden} inline>
      <Button kind={kind}>{children}</Button>
    </Form>
  );
}

function classOf(kind: ButtonKind, wide?: boolean): string {
  if (kind === 'link') return 'link';
  return `button ${kind}${wide ? ' full' : ''}`;
}
