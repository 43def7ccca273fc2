import { Form } from './form.tsx';
import { CopyButton } from './secret-text.tsx';
import { useTexts } from './texts.ts';

type BackupCodeProps = {
  label: string;
  /** As it is typed back: `XXXX-XXXX-XXXX-XXXX-XXXX`. */
  code: string;
  fileName: string;
  /** What the file says, the code included: which account, where, what for. */
  fileText: string;
  /** Answers a POST with the same file, for browsers without scripts. */
  downloadAction: string;
  hidden?: Record<string, string>;
};

/** The one time the backup code is on a screen, and three ways to keep it. */
export function BackupCode({ label, code, fileName, fileText, downloadAction, hidden }: BackupCodeProps) {
  const { download, print } = useTexts();
  const [locator = '', ...rest] = code.split('-');
  return (
    <div class="backup">
      <div class="plate-paper">
        <span class="secret-label" id="backup-code-label">
          {label}
        </span>
        <div
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no tag groups one value under a name
          role="group"
          id="backup-code"
          aria-labelledby="backup-code-label"
          class="secret-value"
        >
          <code class="notranslate">
            <span>
              <b>{locator}</b>-
            </span>
            {rest.map((group, index) => (
              <span key={group}>
                {group}
                {index < rest.length - 1 && '-'}
              </span>
            ))}
          </code>
        </div>
      </div>
      <div class="tools">
        <CopyButton value={code} describedBy="backup-code-label" />
        <Form action={downloadAction} hidden={hidden} inline>
          <button type="submit" class="button quiet" data-download={fileName} data-text={fileText}>
            {download}
          </button>
        </Form>
        <button type="button" class="button quiet" hidden data-print>
          {print}
        </button>
      </div>
    </div>
  );
}
