import type { ComponentChildren } from 'preact';
import { FieldError } from './field.tsx';

export type Option = {
  value: string;
  title: string;
  /** What it will cost the person later: "six digits at each new device". */
  cost: ComponentChildren;
  note?: ComponentChildren;
  /** One word: "Recommended". */
  badge?: string;
  /** Needs a browser that knows passkeys: hidden until a script has looked. */
  withPasskeys?: boolean;
};

type ChoicesProps = {
  name: string;
  legend: string;
  /** The heading of the page says it already. */
  legendHidden?: boolean;
  value?: string | null;
  error?: string | null;
  options: readonly Option[];
};

/** One of several, as a group of radio buttons; the title is the accessible name, the rest its description. */
export function Choices({ name, legend, legendHidden, value, error, options }: ChoicesProps) {
  return (
    <fieldset class={error ? 'choices bad' : 'choices'} aria-describedby={error ? `${name}-error` : undefined}>
      <legend class={legendHidden ? 'unseen' : undefined}>{legend}</legend>
      <FieldError id={name} error={error} />
      {options.map((option) => (
        <Card key={option.value} name={name} checked={option.value === value} option={option} />
      ))}
    </fieldset>
  );
}

function Card({ name, checked, option }: { name: string; checked: boolean; option: Option }) {
  const id = `${name}-${option.value}`;
  return (
    <div class="choice" hidden={option.withPasskeys} data-with-passkeys={option.withPasskeys}>
      <input
        type="radio"
        id={id}
        name={name}
        value={option.value}
        checked={checked}
        required
        aria-describedby={`${id}-cost`}
      />
      <label for={id}>{option.title}</label>
      {option.badge && <span class="badge">{option.badge}</span>}
      <p class="cost" id={`${id}-cost`}>
        {option.cost}
        {option.note && <span class="note">{option.note}</span>}
      </p>
    </div>
  );
}
