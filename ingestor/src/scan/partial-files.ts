/** Files that are still being copied or downloaded, by what the programs that do it call them. */
import { extensionOf } from './file-types.ts';

/** Browsers, WinSCP, Aspera and many others. */
const UNDERWAY = new Set(['part', 'partial', 'crdownload', 'filepart', 'tmp']);
/** Where an Aspera transfer is: `clip.mov.aspx`; the file beside it has its final name already. */
const ASPERA = new Set(['aspx', 'aspera-ckpt']);
/** rsync's `.clip.mov.Xa81bC`: six random letters and digits. */
const RSYNC = /^\.(?<file>[^._].*)\.(?<random>[A-Za-z0-9]{6})$/s;

/** Those of a folder's names that are no media yet. */
export function partialFiles(names: readonly string[]): Set<string> {
  const partial = new Set<string>();
  for (const name of names) {
    const extension = extensionOf(name);
    if (name.startsWith('.')) {
      if (isRsync(name)) partial.add(name);
    } else if (UNDERWAY.has(extension)) partial.add(name);
    else if (ASPERA.has(extension)) {
      const file = name.slice(0, -extension.length - 1);
      // A web page is no transfer.
      if (file.includes('.', 1)) partial.add(name).add(file);
    }
  }
  return partial;
}

function isRsync(name: string): boolean {
  const { file = '', random = '' } = RSYNC.exec(name)?.groups ?? {};
  // `.settings.backup` is hidden, and nobody's copy.
  return file.includes('.') || /\d/.test(random) || (/[a-z]/.test(random) && /[A-Z]/.test(random));
}
