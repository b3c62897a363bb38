/** Files that are still being copied or downloaded, by what the programs that do it call them. */

/** Browsers, WinSCP, Aspera and many others. */
const SUFFIX = /\.(?:part|partial|crdownload|filepart|tmp)$/i;
/** Where an Aspera transfer is; the file beside it has its final name already. */
const ASPERA = /^(?<file>.+\.[^.]+)\.(?:aspx|aspera-ckpt)$/i;
/** rsync's `.clip.mov.Xa81bC`: six random letters and digits. */
const RSYNC = /^\.(?<file>[^._].*)\.(?<random>[A-Za-z0-9]{6})$/s;

/** Those of a folder's names that are no media yet. */
export function partialFiles(names: readonly string[]): Set<string> {
  const partial = new Set<string>();
  for (const name of names) {
    const underway = ASPERA.exec(name)?.groups?.['file'];
    if (underway !== undefined) partial.add(name).add(underway);
    else if (SUFFIX.test(name) ? !name.startsWith('.') : isRsync(name)) partial.add(name);
  }
  return partial;
}

function isRsync(name: string): boolean {
  if (!name.startsWith('.')) return false;
  const { file = '', random = '' } = RSYNC.exec(name)?.groups ?? {};
  // `.settings.backup` is hidden, and nobody's copy.
  return file.includes('.') || /\d/.test(random) || (/[a-z]/.test(random) && /[A-Z]/.test(random));
}
