/**
 * The mark: a door, the light in its gap, and two bolts across it. The key was turned twice.
 * Door, frame and bolts take the colour of the text; the light is the one accent, or is left out in one colour.
 */
export function Mark({ size = 32, title }: { size?: number; title?: string }) {
  return (
    <svg
      class="mark"
      viewBox="0 0 32 32"
      width={size}
      height={size}
      {...(title ? { role: 'img', 'aria-label': title } : { 'aria-hidden': true })}
    >
      <path class="light" d={LIGHT_PATH} />
      <path fill="currentColor" fill-rule="evenodd" d={MARK_PATH} />
    </svg>
  );
}

/** What is lit: the gap, and the keyhole. */
export const LIGHT_PATH = 'M19 2h6v28h-6zM7.2 12.6a3.3 3.3 0 1 1 5 2.8l1.3 5.6H7.4l1.3-5.6a3.3 3.3 0 0 1-1.5-2.8z';

/** The mark in one colour: leaf with its keyhole, two bolts, frame. */
export const MARK_PATH =
  'M4 2h15v6.5h6V2h3a2 2 0 0 1 2 2v24a2 2 0 0 1-2 2h-3v-6.5h-6V30H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2zm15 10.5v7h6v-7zM7.2 12.6a3.3 3.3 0 0 0 1.5 2.8L7.4 21h6.1l-1.3-5.6a3.3 3.3 0 1 0-5-2.8z';

/** The whole file for a browser's tab: readable on a light and on a dark one. */
export const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>.d{fill:#14233b}@media(prefers-color-scheme:dark){.d{fill:#efe7d8}}</style><path fill="#f0a93b" d="M19 2h6v28h-6zM6 9h9v13H6z"/><path class="d" fill-rule="evenodd" d="${MARK_PATH}"/></svg>`;
