import type { ComponentChildren } from 'preact';
import { Bar } from './bar.tsx';
import { Foot } from './foot.tsx';
import type { Frame } from './frame.ts';

type WidePageProps = {
  frame: Frame;
  heading: string;
  lead?: ComponentChildren;
  /** Links to the sections of the page; beside them on wide screens. */
  nav?: { label: string; items: readonly { id: string; label: string }[] };
  children: ComponentChildren;
};

/** A page with several things on it: the account, the portal, help. */
export function WidePage({ frame, heading, lead, nav, children }: WidePageProps) {
  return (
    <div class="wide">
      <Bar frame={frame} />
      <main id="main" class={nav ? 'room with-nav' : 'room'} tabindex={-1}>
        <div class="room-head">
          <h1>{heading}</h1>
          {lead && <div class="lead">{lead}</div>}
        </div>
        {nav && (
          <nav class="room-nav" aria-label={nav.label}>
            {nav.items.map(({ id, label }) => (
              <a key={id} href={`#${id}`}>
                {label}
              </a>
            ))}
          </nav>
        )}
        <div class="room-body">{children}</div>
        {frame.helpWith && (
          <div class="aside">
            <a href={frame.helpWith.href}>{frame.helpWith.label}</a>
          </div>
        )}
      </main>
      <Foot frame={frame} />
    </div>
  );
}
