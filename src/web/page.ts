import type { ComponentChildren } from 'preact';
import type { Frame } from '#ui/frame.ts';
import type { Words } from '#words/index.ts';

/** What every page is drawn from: its own view (a plain record), the words, and who is looking. */
export type Props<View> = { view: View; words: Words; frame: Frame };

/**
 * A page: a function of a plain record. `examples` are its interesting views; the gallery, the screenshots and the
 * accessibility tests walk them.
 */
export type Page<View> = {
  /** In the gallery and in file names: `sign-in`. */
  name: string;
  title(view: View, words: Words): string;
  body(props: Props<View>): ComponentChildren;
  /** True when the view holds an error: the document's title says so first. */
  hasError?(view: View): boolean;
  examples: Record<string, View>;
  /** Signed in, in the gallery's frame. */
  person?: boolean;
  /** Holds a secret: goes out uncompressed (see `http/compress.ts`). */
  secret?: boolean;
};
