import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { Icon } from './icon.tsx';
import { useTexts } from './texts.ts';

type InputProps = InputHTMLAttributes;

export type FieldProps = {
  name: string;
  label: string;
  /** Where one page has two fields of one name. */
  id?: string;
  type?: 'text' | 'email' | 'tel' | 'search';
  /** What was typed before, kept. */
  value?: string;
  hint?: ComponentChildren;
  error?: string | null;
  autocomplete?: InputProps['autocomplete'];
  inputmode?: InputProps['inputMode'];
  required?: boolean;
  /** Says "(optional)" after the label. */
  optional?: boolean;
  autofocus?: boolean;
  maxlength?: number;
  spellcheck?: boolean;
  /** Codes are typed in the face that tells 0 from O. */
  code?: boolean;
  /** For a dozen characters at most: the width says how much is expected. */
  short?: boolean;
};

/** One line of text. With an error the cursor starts here, so that the sentence is the first thing heard. */
export function Field({ type = 'text', value, code, short, ...field }: FieldProps) {
  return (
    <Labelled {...field}>
      {(wiring) => (
        <input
          {...wiring}
          list={undefined}
          type={type}
          value={value}
          class={['input', code && 'typed-code', short && 'short'].filter(Boolean).join(' ')}
          {...(code && { autocapitalize: 'characters', autocorrect: 'off' })}
        />
      )}
    </Labelled>
  );
}

/** Attributes that tie an input to its label, hint and error. */
type Wiring = Pick<InputProps, 'id' | 'name' | 'required' | 'spellcheck' | 'aria-invalid' | 'aria-describedby'> & {
  autocomplete?: InputProps['autocomplete'];
  inputmode?: InputProps['inputMode'];
  autofocus?: boolean;
  maxlength?: number;
};

export type LabelledProps = Omit<FieldProps, 'type' | 'value' | 'code' | 'short'> & {
  children: (wiring: Wiring) => ComponentChildren;
};

/** Label, hint and error round any input; the error stands between label and input, where a phone's keyboard hides nothing. */
export function Labelled({ children, label, hint, error, optional, id: ownId, ...rest }: LabelledProps) {
  const id = ownId ?? rest.name;
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const texts = useTexts();
  return (
    <div class={error ? 'field bad' : 'field'}>
      <label for={id}>
        {label}
        {optional && <span class="optional"> ({texts.optional})</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={id} error={error} />
      {children({
        id,
        spellcheck: false,
        ...rest,
        autofocus: Boolean(rest.autofocus || error) || undefined,
        'aria-invalid': error ? 'true' : undefined,
        'aria-describedby': described || undefined,
      })}
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error?: string | null }) {
  if (!error) return null;
  return (
    <p class="error" id={`${id}-error`} role="alert">
      <Icon name="warning" />
      <span>{error}</span>
    </p>
  );
}
