import { type FieldProps, Labelled } from './field.tsx';

type CodeFieldProps = Pick<FieldProps, 'label' | 'id' | 'hint' | 'error' | 'autofocus'> & {
  name?: string;
  length?: number;
  /**
   * Send the form when the last digit is typed. Happens only where nothing but buttons comes after the field in its
   * form: nobody should have a box to tick taken away. So put the box first, or live without.
   */
  autoSubmit?: boolean;
  /** A line that runs out with the 30 seconds of the code. */
  clock?: boolean;
};

/**
 * A short code of digits: one field, so that paste, autofill and screen readers work, with room for the spaces people
 * type. Never filled in by us.
 */
export function CodeField({ name = 'code', length = 6, autoSubmit = true, clock, ...field }: CodeFieldProps) {
  return (
    <Labelled name={name} autocomplete="one-time-code" inputmode="numeric" required maxlength={32} {...field}>
      {(wiring) => (
        <div class="digits-box">
          <input
            {...wiring}
            type="text"
            class="input digits"
            size={length}
            data-digits={autoSubmit ? length : undefined}
          />
          {clock && <span class="clock" data-clock hidden aria-hidden="true" />}
        </div>
      )}
    </Labelled>
  );
}
