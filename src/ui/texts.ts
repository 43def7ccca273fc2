import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** The words that belong to a part and not to a page. `words/` fills them, once per document. */
export type UiTexts = {
  skipToContent: string;
  errorPrefix: string;
  optional: string;
  copy: string;
  copied: string;
  copyFailed: string;
  download: string;
  print: string;
  show: string;
  hide: string;
  showPassword: string;
  hidePassword: string;
  language: string;
  help: string;
  myAccount: string;
  signOut: string;
  poweredBy: string;
  stepOf(step: number, of: number): string;
};

const Texts = createContext<UiTexts | null>(null);

export const TextsProvider = Texts.Provider;

/** The document's own words. Throws outside a `Document`: a part without words is a mistake of the page. */
export function useTexts(): UiTexts {
  const texts = useContext(Texts);
  if (!texts) throw new Error('A part of a page was rendered outside <Document>');
  return texts;
}
