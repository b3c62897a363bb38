/**
 * Converts between names on disk, which are bytes, and paths in Postgres, which are UTF-8 text, without loss; the way
 * back is schema/src/paths/disk-path.ts. Valid UTF-8 stays as it is. A byte that is not part of it (0x80 to 0xFF) becomes the
 * private-use character U+EF00 + byte, and so does each byte of those characters themselves (U+EF80 to U+EFFF) when a
 * name really contains one. Names are converted one by one; '/' joins their texts as it joins the names.
 */
import { isUtf8 } from 'node:buffer';
import { BYTE_CHARACTERS, FIRST_BYTE_CHARACTER } from '@ingesthub/schema/paths/stored-path.ts';

export function textOfName(name: Buffer): string {
  const text = name.toString('utf8');
  if (isPlainName(text) || (!BYTE_CHARACTERS.test(text) && isUtf8(name))) return text;
  let mapped = '';
  for (let at = 0; at < name.length; ) {
    const character = characterAt(name, at);
    if (character === null || BYTE_CHARACTERS.test(character)) {
      const bytes = name.subarray(at, at + (character === null ? 1 : 3));
      for (const byte of bytes) mapped += String.fromCharCode(FIRST_BYTE_CHARACTER + byte);
      at += bytes.length;
    } else {
      mapped += character;
      at += Buffer.byteLength(character);
    }
  }
  return mapped;
}

/** Whether a name decoded as UTF-8 is certain to be its text. */
export function isPlainName(text: string): boolean {
  return !/[\ufffd\uef80-\uefff]/.test(text);
}

/** Returns the valid UTF-8 character at that byte; null when none begins there. */
function characterAt(name: Buffer, at: number): string | null {
  const lead = name[at] ?? 0;
  const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const bytes = name.subarray(at, at + length);
  return bytes.length === length && isUtf8(bytes) ? bytes.toString('utf8') : null;
}
