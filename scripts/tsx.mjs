// Loaded before the program (`node --import ./scripts/tsx.mjs`). Plain JavaScript on purpose: it must be able to say,
// on any Node, that Node 26 is needed. Node strips types from .ts by itself; .tsx goes through esbuild here.
const [major] = process.versions.node.split('.').map(Number);
if (major < 26) {
  console.error(
    `Nachtslot needs Node 26; this is ${process.version} (${process.execPath}).\n` +
      'A pinned copy comes as an npm package: run `npm ci` without --omit=optional, and start with `npm start`.',
  );
  process.exit(78); // EX_CONFIG
}

const { registerHooks } = await import('node:module');
const { readFileSync } = await import('node:fs');
const { fileURLToPath } = await import('node:url');
const { transformSync } = await import('esbuild');

registerHooks({
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.tsx')) return next(url, context);
    const sourcefile = fileURLToPath(url);
    const { code } = transformSync(readFileSync(sourcefile, 'utf8'), {
      loader: 'tsx',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      sourcemap: 'inline',
      sourcefile,
      target: 'es2024',
      format: 'esm',
    });
    return { format: 'module', shortCircuit: true, source: code };
  },
});
