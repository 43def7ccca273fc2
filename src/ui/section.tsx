import type { ComponentChildren } from 'preact';

type SectionProps = {
  id: string;
  heading: string;
  intro?: ComponentChildren;
  /** A button or link that belongs to the whole section. */
  action?: ComponentChildren;
  children?: ComponentChildren;
};

/** A named part of a page, reachable by its name for a screen reader and by `#id` for a link. */
export function Section({ id, heading, intro, action, children }: SectionProps) {
  return (
    <section class="section" id={id} aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{heading}</h2>
      {intro && <div class="section-intro">{intro}</div>}
      {children}
      {action && <div class="section-action">{action}</div>}
    </section>
  );
}
