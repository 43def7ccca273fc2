import type { CodeForm } from '../codes/entry.ts';
import { useApp } from '../state/app.ts';

const ALGORITHMS: readonly CodeForm['algorithm'][] = ['SHA-1', 'SHA-256', 'SHA-512'];
const DIGITS: readonly CodeForm['digits'][] = [6, 7, 8];
const PERIODS: readonly number[] = [30, 60];

/** How the codes are computed, where a website says something else than usual. */
export function FormFields({ form, onForm }: { form: CodeForm; onForm: (form: CodeForm) => void }) {
  const { words } = useApp();
  return (
    <div class="form-fields">
      <Choice
        id="algorithm"
        label={words.algorithm}
        value={form.algorithm}
        values={ALGORITHMS}
        onValue={(algorithm) => onForm({ ...form, algorithm })}
      />
      <Choice
        id="digits"
        label={words.digits}
        value={form.digits}
        values={DIGITS}
        onValue={(digits) => onForm({ ...form, digits })}
      />
      <Choice
        id="period"
        label={words.period}
        value={form.periodSeconds}
        values={PERIODS}
        onValue={(periodSeconds) => onForm({ ...form, periodSeconds })}
      />
    </div>
  );
}

type ChoiceProps<V> = { id: string; label: string; value: V; values: readonly V[]; onValue: (value: V) => void };

function Choice<V extends string | number>({ id, label, value, values, onValue }: ChoiceProps<V>) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        onChange={(event) => {
          const chosen = values[event.currentTarget.selectedIndex];
          if (chosen !== undefined) onValue(chosen);
        }}
      >
        {values.map((one) => (
          <option key={one} selected={one === value}>
            {one}
          </option>
        ))}
      </select>
    </div>
  );
}
