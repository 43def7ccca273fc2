import type { ComponentChildren } from 'preact';

/** The number that both sides see, in two groups of three: made to be read out. */
export function ReadOut({ number, label, hint }: { number: string; label: string; hint: ComponentChildren }) {
  return (
    <div class="read-out">
      <p class="read-out-label" id="read-out-label">
        {label}
      </p>
      <p class="read-out-number" aria-labelledby="read-out-label">
        {grouped(number)}
      </p>
      <p class="hint">{hint}</p>
    </div>
  );
}

export function grouped(number: string): string {
  return `${number.slice(0, 3)} ${number.slice(3)}`;
}
