// Plain JavaScript on purpose: runs on whatever Node npm found.
const { platform, arch } = process;

/** Name of the package that carries the pinned Node for this machine. */
export function pinnedPackage() {
  const isAppleSilicon = platform === 'darwin' && arch === 'arm64';
  const os = platform === 'win32' ? 'win' : platform;
  return `${isAppleSilicon ? 'node-bin' : 'node'}-${os}-${arch}`;
}
