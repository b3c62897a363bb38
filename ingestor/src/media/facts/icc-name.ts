/** Reads the name of a colour profile as people know it: 'Adobe RGB (1998)'. */
import { readableText } from './readable-text.ts';

/** Most tags of a profile that are read. */
const MAX_TAGS = 100;

/** @param profile an ICC profile (ICC.1:2022, section 7). @returns null when it has no name, or is broken. */
export function iccName(profile: Buffer): string | null {
  try {
    const count = Math.min(profile.readUInt32BE(128), MAX_TAGS);
    for (let tag = 0; tag < count; tag++) {
      const entry = 132 + 12 * tag;
      if (profile.toString('latin1', entry, entry + 4) !== 'desc') continue;
      const at = profile.readUInt32BE(entry + 4);
      return readableText(nameAt(profile, at));
    }
  } catch {
    // The profile is truncated.
  }
  return null;
}

function nameAt(profile: Buffer, at: number): string | null {
  const type = profile.toString('latin1', at, at + 4);
  // Version 2: a length and ASCII.
  if (type === 'desc')
    return profile.toString('latin1', at + 12, at + 12 + profile.readUInt32BE(at + 8)).replace(/\0.*/s, '');
  if (type !== 'mluc' || profile.readUInt32BE(at + 8) === 0) return null;
  // Version 4: the first of several languages, in big-endian UTF-16.
  const [length, offset] = [profile.readUInt32BE(at + 20), profile.readUInt32BE(at + 24)];
  const utf16 = Buffer.from(profile.subarray(at + offset, at + offset + (length & ~1)));
  return utf16.swap16().toString('utf16le');
}
