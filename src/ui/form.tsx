import type { ComponentChildren } from 'preact';

type FormProps = {
  action: string;
  /** Fields that travel along. Never a secret that the page does not show anyway. */
  hidden?: Record<string, string>;
  id?: string;
  /** A form of one button inside a line of text. */
  inline?: boolean;
  children: ComponentChildren;
};

/**
 * A POST. `novalidate`: the server's sentence stands beside the field in the person's language; the browser's bubble
 * does neither. `data-once`: a second click on the way changes nothing (the server does not rely on it).
 */
export function Form({ action, hidden = {}, id, inline, children }: FormProps) {
  return (
    <form method="post" action={action} id={id} class={inline ? 'inline' : 'form'} novalidate data-once>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

/** The buttons at the end of a form, the one that goes on first. */
export function Actions({ children }: { children: ComponentChildren }) {
  return <div class="actions">{children}</div>;
}
