import type { Words } from '#words/index.ts';
import type { Reading } from './reading.ts';

/** A GET: what was found has an address, and needs no script. */
export function SearchForm({ query, reading, words: { t } }: { query: string; reading: Reading; words: Words }) {
  return (
    <form method="get" action={reading.at} role="search" class="form prose">
      {reading.from && <input type="hidden" name="from" value={reading.from} />}
      {reading.about && <input type="hidden" name="about" value={reading.about} />}
      <div class="field">
        <label for="q">{t('help.search')}</label>
        <div class="with-button">
          <input class="input" id="q" name="q" type="search" value={query} maxlength={100} autocomplete="off" />
          <button type="submit" class="in-field">
            {t('help.search-submit')}
          </button>
        </div>
      </div>
    </form>
  );
}
