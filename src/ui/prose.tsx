import type { ComponentChildren } from 'preact';

/** Running text, in lines that can be read. */
export function Prose({ children }: { children: ComponentChildren }) {
  return <div class="prose">{children}</div>;
}

/** What to do, in order. */
export function Steps({ items }: { items: readonly ComponentChildren[] }) {
  return (
    <ol class="steps">
      {items.map((item, index) => (
        <li key={index}>{item}</li>
      ))}
    </ol>
  );
}

/** Two things beside each other where there is room; the first one comes first on a phone. */
export function Split({ children }: { children: ComponentChildren }) {
  return <div class="split">{children}</div>;
}
