/**
 * Sends a code when its last digit is typed. What comes in one piece (pasted, filled in by the phone or a password
 * manager) is left for the person to look at, and to send.
 */
export function startDigits(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>('[data-digits]')) {
    // What the browser filled in from before, for instance after the back button, was refused already.
    let last = input.value;
    input.addEventListener('input', (event) => {
      const wasTyped = event instanceof InputEvent && event.data?.length === 1;
      const digits = input.value.replace(/[\s-]/g, '');
      if (digits === last || digits.length !== Number(input.dataset.digits) || /\D/.test(digits)) return;
      last = digits;
      if (wasTyped && input.form && isLastControl(input, input.form)) input.form.requestSubmit();
    });
  }
}

/** A box to tick after the field is the person's to tick: then nothing is sent for them. */
function isLastControl(input: HTMLInputElement, form: HTMLFormElement): boolean {
  const controls = [...form.elements].filter((one) => !one.matches('button, fieldset, [type=hidden]'));
  return controls.at(-1) === input;
}
