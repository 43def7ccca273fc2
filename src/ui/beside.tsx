import type { ComponentChildren } from 'preact';

/** What a wide page is about, and beside it what goes with it; below it on a phone. */
export function Beside({ side, children }: { side: ComponentChildren; children: ComponentChildren }) {
  return (
    <div class="beside">
      <div>{children}</div>
      <div>{side}</div>
    </div>
  );
}
