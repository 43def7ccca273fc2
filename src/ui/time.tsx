import type { ComponentChildren } from 'preact';

/** A moment: the sentence is the page's, the machine-readable half is ours. */
export function Time({ at, children }: { at: Temporal.Instant | Temporal.PlainDate; children: ComponentChildren }) {
  return <time datetime={at.toString()}>{children}</time>;
}

/**
 * Time that is left. The sentence is complete without scripts; with them a small clock runs beside it, silently, and
 * `done` is said at the end.
 */
export function Countdown(props: { seconds: number; done?: string; children?: ComponentChildren }) {
  return (
    <span class="countdown">
      {props.children}{' '}
      <span class="left" data-countdown={Math.ceil(props.seconds)} data-done={props.done} hidden aria-hidden="true" />
      <output class="said" />
    </span>
  );
}
