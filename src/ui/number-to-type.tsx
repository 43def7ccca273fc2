import type { ComponentChildren } from 'preact';

type NumberToTypeProps = {
  label: string;
  /** Digits, read out one by one: forty-seven and seventy-four sound alike. */
  digits: string;
  /** Below it: what happens next. */
  children?: ComponentChildren;
};

/** A number that is typed somewhere else. */
export function NumberToType({ label, digits, children }: NumberToTypeProps) {
  const half = digits.length > 3 ? Math.ceil(digits.length / 2) : digits.length;
  return (
    <div class="plate number-plate">
      <p class="secret-label" id="number-label">
        {label}
      </p>
      <p class="number-to-type notranslate">
        <span aria-hidden="true">
          {digits.slice(0, half)} {digits.slice(half)}
        </span>
        <span class="unseen">{[...digits].join(' ')}</span>
      </p>
      {children}
    </div>
  );
}
