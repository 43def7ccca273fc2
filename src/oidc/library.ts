/**
 * The library, loaded without its word on the runtime: it knows the names of older long-term releases, and an operator
 * would take it for ours. Types come from the library itself.
 */
const { warn } = console;
console.warn = (...said: unknown[]) => {
  if (!String(said[0]).includes('Unsupported runtime')) warn(...said);
};
const library = await import('oidc-provider');
console.warn = warn;

export const { Provider, errors, interactionPolicy } = library;
