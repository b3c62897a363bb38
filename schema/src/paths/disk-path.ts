/** Converts stored paths to paths that the operating system accepts. Node only. */
import { Buffer } from 'node:buffer';
import { BYTE_CHARACTERS, FIRST_BYTE_CHARACTER, type StoredPath } from './stored-path.ts';

/** Returns a path that `node:fs` accepts: text where possible, otherwise bytes. */
export function diskPath(path: StoredPath | string): string | Buffer {
  const text = path as unknown as string;
  return BYTE_CHARACTERS.test(text) ? bytesOf(text) : text;
}

function bytesOf(text: string): Buffer {
  const parts = text.split(/([\uef80-\uefff]+)/);
  return Buffer.concat(
    // `split` with a capturing group puts the matches at the odd indexes.
    parts.map((part, index) =>
      index % 2 === 0
        ? Buffer.from(part)
        : Buffer.from(Array.from(part, (character) => character.charCodeAt(0) - FIRST_BYTE_CHARACTER)),
    ),
  );
}
