/** Makes a person's text a single path component that is safe on disk, and when Windows or macOS mounts it. */
import { createHash } from 'node:crypto';

/** In bytes; file systems allow 255, and programs add extensions of their own. */
const MAX_BYTES = 200;
/** Names that Windows treats as devices, whatever extension follows. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/**
 * @returns a component that is never empty, `.`, `..` or hidden, and has no slash; the name itself when it is already
 * safe. An overlong name ends in a hash of the whole.
 */
export function pathComponent(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}/\\:*?"<>|]/gu, '_')
    .trim()
    .replace(/[. ]+$/, '')
    .replace(/^\.+/, '_');
  if (plain === '') return '_';
  const safe = DEVICE.test(plain) ? `_${plain}` : plain;
  return Buffer.byteLength(safe) <= MAX_BYTES ? safe : shortened(safe);
}

/** Returns the name of a new dataset directory for a subject: without white space, at which command lines split. */
export function newDirectoryName(subject: string): string {
  return pathComponent(subject.trim().replace(/\s+/gu, '_'));
}

/** Whether a text can name a folder directly below another, even if we would not choose that name ourselves. */
export function isFolderName(text: string): boolean {
  return text !== '' && !text.startsWith('.') && !/[/\0]/.test(text) && Buffer.byteLength(text) <= 255;
}

function shortened(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  let start = '';
  for (const character of name) {
    if (Buffer.byteLength(start + character) > MAX_BYTES - 9) break;
    start += character;
  }
  return `${start}-${hash}`;
}
