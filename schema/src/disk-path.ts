/** Stored paths as the system knows them. For Node. */
import { Buffer } from 'node:buffer';
import { BYTE_CHARACTERS, FIRST_BYTE_CHARACTER, type StoredPath } from './stored-path.ts';

/** Returns a path as functions of `node:fs` take it: text where that will do, else its bytes. */
export function diskPath(path: StoredPath | string): string | Buffer {
  const text = path as unknown as string;
  return BYTE_CHARACTERS.test(text) ? bytesOf(text) : text;
}

function bytesOf(text: string): Buffer {
  const parts = text.split(/([\uef80-\uefff]+)/);
  return Buffer.concat(
    // What the pattern holds comes at every second place.
    parts.map((part, index) =>
      index % 2 === 0
        ? Buffer.from(part)
        : Buffer.from(Array.from(part, (character) => character.charCodeAt(0) - FIRST_BYTE_CHARACTER)),
    ),
  );
}
