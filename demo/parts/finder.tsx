import type { DemoWords } from '../words/en.ts';

export type FinderView = {
  text: string;
  employer: string;
  employers: readonly { id: string; name: string }[];
  /** How many were found; null while nobody is looked for. */
  found: number | null;
};

/** Looks for a word in names and stories. A GET, so that what was found has an address. */
export function Finder({ view, say }: { view: FinderView; say: DemoWords }) {
  const { text, employer, employers, found } = view;
  return (
    <search>
      <form method="get" action="/demo#people" class="finder">
        <div class="field">
          <label for="find">{say.search}</label>
          <input id="find" name="find" type="search" class="input" value={text} />
        </div>
        <div class="field">
          <label for="employer">{say.employer}</label>
          <select id="employer" name="employer" class="input">
            <option value="">{say.anyEmployer}</option>
            {employers.map(({ id, name }) => (
              <option key={id} value={id} selected={id === employer}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" class="button quiet">
          {say.find}
        </button>
      </form>
      {found !== null && <p role="status">{found === 0 ? say.nobody : say.found(found)}</p>}
    </search>
  );
}
