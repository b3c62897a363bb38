/** Recognises files that are still being copied or downloaded, by the names that such programs give them. */
import { extensionOf } from './file-types.ts';

/** Used by browsers, WinSCP, Aspera and many others. */
const UNDERWAY = new Set(['part', 'partial', 'crdownload', 'filepart', 'tmp']);
/** Marks an Aspera transfer, as in `clip.mov.aspx`; the file beside it already has its final name. */
const ASPERA = new Set(['aspx', 'aspera-ckpt']);
/** rsync's `.clip.mov.Xa81bC`: six random letters and digits. */
const RSYNC = /^\.(?<file>[^._].*)\.(?<random>[A-Za-z0-9]{6})$/s;

/** Returns the names in a folder that are still being written. */
export function partialFiles(names: readonly string[]): Set<string> {
  const partial = new Set<string>();
  for (const name of names) {
    const extension = extensionOf(name);
    if (name.startsWith('.')) {
      if (isRsync(name)) partial.add(name);
    } else if (UNDERWAY.has(extension)) partial.add(name);
    else if (ASPERA.has(extension)) {
      const file = name.slice(0, -extension.length - 1);
      // A web page has no other extension before its own.
      if (file.includes('.', 1)) partial.add(name).add(file);
    }
  }
  return partial;
}

function isRsync(name: string): boolean {
  const { file = '', random = '' } = RSYNC.exec(name)?.groups ?? {};
  // `.settings.backup` is merely hidden, not a copy in progress.
  return file.includes('.') || /\d/.test(random) || (/[a-z]/.test(random) && /[A-Z]/.test(random));
}
