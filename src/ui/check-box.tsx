import type { ComponentChildren } from 'preact';
import { FieldError } from './field.tsx';

type CheckBoxProps = {
  name: string;
  label: string;
  id?: string;
  description?: ComponentChildren;
  value?: string;
  checked?: boolean;
  error?: string | null;
};

export function CheckBox({ name, label, id = name, description, value = 'yes', checked, error }: CheckBoxProps) {
  const described = [description && `${id}-about`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div class={error ? 'check bad' : 'check'}>
      <FieldError id={id} error={error} />
      <input
        type="checkbox"
        id={id}
        name={name}
        value={value}
        checked={checked}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={described || undefined}
      />
      <label for={id}>{label}</label>
      {description && (
        <p class="about" id={`${id}-about`}>
          {description}
        </p>
      )}
    </div>
  );
}
