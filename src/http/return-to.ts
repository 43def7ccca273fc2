/** Places to which nobody is sent on: they are no pages, or they would undo what was just done. */
const NOWHERE =
  /^\/(?:(?:sign-in|sign-out|enrol|language|api|health|metrics|static)(?:[/?#]|$)|forward-auth(?!\/begin\?)(?:[/?#]|$)|oidc(?!\/(?:auth(?:[/?]|$)|interaction\/))(?:[/?#]|$))/;

/** The page to go on to, as a path of our own origin, or `fallback`. */
export function returnTo(wanted: string | null | undefined, fallback = '/'): string {
  const path = ownPath(wanted, fallback);
  return NOWHERE.test(path) ? fallback : path;
}

/**
 * A path of our own origin, or `fallback`. Whitelist, not blacklist: a plain path of printable ASCII whose every
 * character means the same to every parser. Stops links that sign a person in here and then show them somebody else's
 * look-alike. For a page that is only shown again (the language switch); after a sign-in, use {@link returnTo}.
 */
export function ownPath(wanted: string | null | undefined, fallback = '/'): string {
  if (!wanted || wanted.length > 2000) return fallback;
  // One slash, then a letter, a digit or the end: rules out `//host`, `/\host`, `/.host`, schemes and user names.
  if (!/^\/(?:[A-Za-z0-9?][\w\-.~/?=&+:,;%!*'()@$]*)?$/.test(wanted)) return fallback;
  const [path = ''] = wanted.split('?');
  // In the path nothing is encoded, doubled, or climbs: after any number of decodings it is still this path.
  if (/%|\/\/|\/\.{1,2}(?:\/|$)|[@:;]/.test(path)) return fallback;
  if (/%(?:0[0-9a-f]|1[0-9a-f]|7f|(?![0-9a-f]{2}))/i.test(wanted)) return fallback;
  return wanted;
}
