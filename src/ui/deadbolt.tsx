import type { ComponentChildren } from 'preact';

type DeadboltProps = {
  id: string;
  heading: string;
  /** How often the key was turned: once for a password, twice with a second step. */
  turns: 1 | 2;
  /** What to do about it, if anything. */
  action?: ComponentChildren;
  children: ComponentChildren;
};

/** The door from inside: the gap with its light, and the bolts that are across it. The words say it too. */
export function Deadbolt({ id, heading, turns, action, children }: DeadboltProps) {
  return (
    <section class={`deadbolt turned-${turns}`} aria-labelledby={`${id}-heading`} id={id}>
      <div class="deadbolt-gap" aria-hidden="true">
        <i />
        <i />
      </div>
      <h2 id={`${id}-heading`}>{heading}</h2>
      <div class="deadbolt-text">{children}</div>
      {action && <div class="section-action">{action}</div>}
    </section>
  );
}
