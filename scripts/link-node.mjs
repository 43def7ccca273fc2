// Plain JavaScript on purpose: runs on whatever Node npm found.
// npm 10 leaves out node_modules/.bin/node when several platform packages carry that name; npm 11 and 12 link it.
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { pinnedPackage } from './pinned-node.mjs';

const folder = pinnedPackage();
const link = 'node_modules/.bin/node';

if (process.platform !== 'win32' && existsSync(`node_modules/${folder}/bin/node`) && !existsSync(link)) {
  mkdirSync('node_modules/.bin', { recursive: true });
  rmSync(link, { force: true }); // a link that points nowhere does not "exist", and blocks the new one
  symlinkSync(`../${folder}/bin/node`, link);
}
