import { useEffect, useRef, useState } from 'preact/hooks';
import { FieldError } from '#ui/field.tsx';
import { useApp } from '../state/app.ts';

type FieldProps = {
  id: string;
  label: string;
  hint?: string;
  error?: string | null;
  value: string;
  onInput: (value: string) => void;
  optional?: boolean;
  code?: boolean;
  search?: boolean;
  /** A number of so many digits: the keyboard for them, and room. */
  digits?: boolean;
};

/** One line of text, with the hint and the error where the pages have them; with an error the cursor starts here. */
export function Field({ id, label, hint, error, value, onInput, optional, code, search, digits }: FieldProps) {
  const { words } = useApp();
  const input = useFocusOn(error);
  return (
    <div class={error ? 'field bad' : 'field'}>
      <label for={id}>
        {label}
        {optional && <span class="optional"> {words.optional}</span>}
      </label>
      <Hint id={id} text={hint} />
      <FieldError id={id} error={error} />
      <input
        ref={input}
        class={digits ? 'input digits' : code ? 'input typed-code' : 'input'}
        inputMode={digits ? 'numeric' : undefined}
        type={search ? 'search' : 'text'}
        list={undefined}
        autocomplete="off"
        autocapitalize={code ? 'characters' : 'sentences'}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        {...described(id, hint, error)}
      />
    </div>
  );
}

type PassphraseProps = Pick<FieldProps, 'id' | 'label' | 'hint' | 'error' | 'value' | 'onInput'> & { isNew: boolean };

/** A passphrase, covered until the person wants to see it. */
export function Passphrase({ id, label, hint, error, value, onInput, isNew }: PassphraseProps) {
  const { words } = useApp();
  const [shown, show] = useState(false);
  const input = useFocusOn(error);
  useEffect(() => {
    if (input.current) input.current.type = shown ? 'text' : 'password';
  }, [shown]);
  return (
    <div class={error ? 'field bad' : 'field'}>
      <label for={id}>{label}</label>
      <Hint id={id} text={hint} />
      <FieldError id={id} error={error} />
      <div class="with-button">
        <input
          ref={input}
          class="input"
          type="password"
          autocomplete={isNew ? 'new-password' : 'current-password'}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
          {...described(id, hint, error)}
        />
        <button type="button" class="in-field" aria-describedby={id} onClick={() => show(!shown)}>
          {shown ? words.hide : words.show}
        </button>
      </div>
    </div>
  );
}

function Hint({ id, text }: { id: string; text?: string }) {
  return text ? (
    <p class="hint" id={`${id}-hint`}>
      {text}
    </p>
  ) : null;
}

function described(id: string, hint?: string, error?: string | null) {
  const by = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return {
    id,
    spellcheck: false,
    'aria-invalid': error ? ('true' as const) : undefined,
    'aria-describedby': by || undefined,
  };
}

function useFocusOn(error: string | null | undefined) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (error) input.current?.focus();
  }, [error]);
  return input;
}
