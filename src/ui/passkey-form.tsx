import type { ComponentChildren } from 'preact';
import { Button, type ButtonKind } from './button.tsx';
import { Actions } from './form.tsx';
import { Notice } from './notice.tsx';

type PasskeyFormProps = {
  /** `create`: a new one. `use`: one that is there. `offer`: one that is there, and in the suggestions of a field too. */
  does: 'create' | 'use' | 'offer';
  action: string;
  /** Where the browser asks what to ask the device. */
  options: string;
  hidden?: Record<string, string>;
  button: string;
  kind?: ButtonKind;
  /** Said beside the button when it came to nothing: cancelled, or no such passkey here. */
  failed: string;
  /** When this device is set up already. */
  already?: string;
  error?: string | null;
  /** What to do where no passkey can be used: no scripts, or a browser of before. Null: say nothing, there is more on the page. */
  without: ComponentChildren | null;
  children?: ComponentChildren;
};

/** One button that asks the device. A form like any other, whose only field is filled in by the device. */
export function PasskeyForm(props: PasskeyFormProps) {
  const { does, action, options, hidden = {}, button, kind, failed, already, error, without, children } = props;
  return (
    <>
      {error && (
        <Notice kind="error" announce>
          <p>{error}</p>
        </Notice>
      )}
      {without && (
        <>
          <noscript>
            <Notice kind="info">{without}</Notice>
          </noscript>
          <div hidden data-without-passkeys>
            <Notice kind="info">{without}</Notice>
          </div>
        </>
      )}
      <form
        method="post"
        action={action}
        class="form"
        hidden
        data-once
        data-passkey={does}
        data-options={options}
        data-failed={failed}
        data-already={already}
      >
        {Object.entries({ ...hidden, credential: '' }).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <Actions>
          <Button wide kind={kind}>
            {button}
          </Button>
          <output class="said" />
        </Actions>
      </form>
    </>
  );
}
