import { type FieldProps, Labelled } from './field.tsx';

type SelectProps = Pick<FieldProps, 'name' | 'label' | 'id' | 'hint' | 'error'> & {
  value: string;
  options: readonly { value: string; label: string }[];
};

/** One of a few short words, where cards would be too much. */
export function Select({ value, options, ...field }: SelectProps) {
  return (
    <Labelled {...field}>
      {({ id, name, ...aria }) => (
        <select
          id={id}
          name={name}
          class="input"
          aria-invalid={aria['aria-invalid']}
          aria-describedby={aria['aria-describedby']}
        >
          {options.map((one) => (
            <option key={one.value} value={one.value} selected={one.value === value}>
              {one.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
