import { type FieldProps, Labelled } from './field.tsx';
import { useTexts } from './texts.ts';

/** A password: never sent back to the page. Paste and password managers work; *Show* comes with the script. */
export function PasswordField(field: Omit<FieldProps, 'type' | 'value' | 'code' | 'short' | 'inputmode'>) {
  const { showPassword, hidePassword, show, hide } = useTexts();
  return (
    <Labelled {...field}>
      {(wiring) => (
        <div class="with-button" data-password>
          <input {...wiring} type="password" class="input" autocapitalize="off" />
          <button
            type="button"
            class="in-field"
            hidden
            aria-label={showPassword}
            data-show={show}
            data-hide={hide}
            data-hide-label={hidePassword}
            aria-controls={wiring.id}
          >
            {show}
          </button>
        </div>
      )}
    </Labelled>
  );
}
