import type { ComponentChildren } from 'preact';

type SheetProps = { intro?: ComponentChildren; action?: ComponentChildren; children?: ComponentChildren };

/** The one thing on a wide page, where the heading of the page names it already; else it is a `Section`. */
export function Sheet({ intro, action, children }: SheetProps) {
  return (
    <div class="section sheet">
      {intro && <div class="section-intro">{intro}</div>}
      {children}
      {action && <div class="section-action">{action}</div>}
    </div>
  );
}
