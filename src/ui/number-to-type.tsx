import type { ComponentChildren } from 'preact';

import { Says } from './waiting.tsx';

type NumberToTypeProps = {
  label: string;
  digits: string;
  /** How it stands with the phone, kept up to date where scripts run. */
  says?: string;
  /** Below it: what happens next. */
  children?: ComponentChildren;
};

/** A number that is typed somewhere else, large enough to be read across a desk. */
export function NumberToType({ label, digits, says = '', children }: NumberToTypeProps) {
  const half = digits.length > 3 ? Math.ceil(digits.length / 2) : digits.length;
  return (
    <div class="plate-paper">
      <p class="secret-label">{label}</p>
      <code class="number notranslate">
        <span aria-hidden="true">
          {digits.slice(0, half)} {digits.slice(half)}
        </span>
        {/* One by one: forty-seven and seventy-four sound alike. */}
        <span class="unseen">{[...digits].join(' ')}</span>
      </code>
      {children}
      <Says text={says} />
    </div>
  );
}
