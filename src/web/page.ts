import type { ComponentChildren } from 'preact';
import type { Frame } from '#ui/frame.ts';
import type { Words } from '#words/index.ts';

/** A moment for the examples: what they show is always the same. */
export const EXAMPLE_NOW = Temporal.Instant.from('2026-06-16T09:12:00Z');

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
  /** A page that waits for something elsewhere: its address, to look again where no script does. */
  waitsAt?(view: View): string | null;
  examples: Record<string, View> | ((words: Words) => Record<string, View>);
  /** Signed in, in the gallery's frame. */
  person?: boolean;
};

export function examplesOf<View>(page: Page<View>, words: Words): Record<string, View> {
  return typeof page.examples === 'function' ? page.examples(words) : page.examples;
}
