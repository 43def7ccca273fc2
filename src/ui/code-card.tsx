import { Form } from './form.tsx';
import { useTexts } from './texts.ts';

type CodeCardProps = {
  label: string;
  /** In the order of their numbers. */
  codes: readonly string[];
  /** Whose it is, since when, and where it is used. */
  about: string;
  /** How to keep it. */
  rules: string;
  fileName: string;
  fileText: string;
  /** Answers a POST with the same file, for browsers without scripts. */
  downloadAction: string;
};

/** The one time the codes of a card are on a screen. The plate is what is printed: one page, to be cut out and folded. */
export function CodeCard({ label, codes, about, rules, fileName, fileText, downloadAction }: CodeCardProps) {
  const { download, print } = useTexts();
  return (
    <div class="backup">
      <section class="plate-paper card-plate" aria-labelledby="code-card-label">
        <h2 class="minor-heading" id="code-card-label">
          {label}
        </h2>
        <p class="hint">{about}</p>
        <ol class="card-codes">
          {codes.map((code) => (
            <li key={code}>
              <code class="notranslate">{code}</code>
            </li>
          ))}
        </ol>
        <p class="hint">{rules}</p>
      </section>
      <div class="tools">
        <button type="button" class="button quiet" hidden data-print>
          {print}
        </button>
        <Form action={downloadAction} inline>
          <button type="submit" class="button quiet" data-download={fileName} data-text={fileText}>
            {download}
          </button>
        </Form>
      </div>
    </div>
  );
}
