import { type FieldProps, Labelled } from './field.tsx';

type TextAreaProps = Omit<FieldProps, 'type' | 'value' | 'code' | 'short' | 'inputmode' | 'autocomplete'> & {
  value?: string;
  rows?: number;
};

/** Several lines of text: addresses, groups, keys. */
export function TextArea({ value = '', rows = 3, ...field }: TextAreaProps) {
  return (
    <Labelled {...field}>
      {({ id, name, required, spellcheck, autofocus, maxlength, ...aria }) => (
        <textarea
          id={id}
          name={name}
          required={required}
          spellcheck={spellcheck}
          autofocus={autofocus}
          maxlength={maxlength}
          aria-invalid={aria['aria-invalid']}
          aria-describedby={aria['aria-describedby']}
          rows={rows}
          class="input"
          value={value}
        />
      )}
    </Labelled>
  );
}
