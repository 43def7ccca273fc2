import type { Frame } from './frame.ts';
import { useTexts } from './texts.ts';

/** The end of every page: help, the languages (a POST: reading a page changes nothing), and whose software it is. */
export function Foot({ frame }: { frame: Frame }) {
  const texts = useTexts();
  return (
    <footer class="foot">
      <a href={frame.help}>{texts.help}</a>
      <form method="post" action={frame.languageAction} class="languages">
        <input type="hidden" name="return-to" value={frame.here} />
        <fieldset>
          <legend class="unseen">{texts.language}</legend>
          {frame.languages.map(({ code, label, current }) =>
            current ? (
              <span key={code} lang={code} aria-current="true">
                {label}
              </span>
            ) : (
              <button key={code} class="link" name="language" value={code} lang={code}>
                {label}
              </button>
            ),
          )}
        </fieldset>
      </form>
      <span class="powered">{texts.poweredBy}</span>
    </footer>
  );
}
