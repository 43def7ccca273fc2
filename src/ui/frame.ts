import type { ComponentChildren } from 'preact';

/** Who is looking, where they are, and whose house this is: built once per request, the same for every page. */
export type Frame = {
  /** The organisation the person is dealing with, or the server itself. */
  site: { name: string; home: string; logo?: string };
  /** The person in the menu at the top right. Absent before sign-in. */
  person?: Person;
  languages: readonly Language[];
  /** Where the language switch POSTs `language` and `return-to`. */
  languageAction: string;
  /** The address of this page as a GET: where the language switch comes back to. */
  here: string;
  help: string;
  /** The article that helps with this very page, below what there is to do on it. */
  helpWith?: { label: string; href: string };
  /** A quiet line above the page, see `Banner`. */
  banner?: ComponentChildren;
};

export type Person = {
  name: string;
  /** A second line in the menu, for instance the address. */
  detail?: string;
  /** Where *Sign out* POSTs. */
  signOut: string;
  /** Where else this person may go, for instance the desk. */
  places?: readonly { href: string; label: string }[];
  /** Absent inside an attempt: nothing else is open yet. */
  account?: string;
};

export type Language = { code: string; label: string; current: boolean };
