/** People's names as one part of a path: safe on disk, and where Windows and macOS mount it. */
import { createHash } from 'node:crypto';

/** Bytes; file systems take 255, and programs add endings of their own. */
const MAX_BYTES = 200;
/** What Windows takes for devices, whatever follows a dot. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/**
 * @returns never empty, `.`, `..`, hidden, or with a slash; the name itself where that is fine already. A name that is
 *   too long ends in a hash of the whole.
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

/** What a dataset directory of a subject is called that has none yet: without white space, which command lines split at. */
export function newDirectoryName(subject: string): string {
  return pathComponent(subject.trim().replace(/\s+/gu, '_'));
}

/** Whether a text is the name of a folder right below another, as disks have them: it may be one that we would not give. */
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
