/** Reads the text of PNG chunks, decompressing it up to a limit (PNG specification, section 11.3.3). */
import { inflateSync } from 'node:zlib';
import { MAX_TEXT_BYTES } from './values/face-limits.ts';
import { damaged, FaceProblem } from './values/face-problem.ts';

export const PNG_TEXTS: ReadonlySet<string> = new Set(['tEXt', 'zTXt', 'iTXt']);

/**
 * @param data of the chunk: the key, a zero byte, and a part that depends on the type.
 * @throws FaceProblem when the text is truncated, compressed in an unknown way, or too long.
 */
export function readPngText(type: string, data: Buffer): string {
  const rest = after(data, 0);
  switch (type) {
    case 'tEXt':
      return decode(rest);
    case 'zTXt':
      return decode(inflate(rest));
    default: {
      // A flag, the method, then a language and the translated key, each ended by a zero byte.
      const [compressed] = rest;
      const text = after(after(rest, 2), 0);
      return decode(compressed === 1 ? inflateFrom(rest[1], text) : text);
    }
  }
}

/** Returns the bytes after the first zero byte at or after `start`. */
function after(data: Buffer, start: number): Buffer {
  const zero = data.indexOf(0, start);
  if (zero === -1) throw damaged('the key of a text has no end');
  return data.subarray(zero + 1);
}

/** Python writes UTF-8 although the specification requires Latin 1. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

function inflate(data: Buffer): Buffer {
  return inflateFrom(data[0], data.subarray(1));
}

function inflateFrom(method: number | undefined, data: Buffer): Buffer {
  if (method !== 0) throw damaged('a text is compressed in an unknown way');
  try {
    return inflateSync(data, { maxOutputLength: MAX_TEXT_BYTES });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const how = code === 'ERR_BUFFER_TOO_LARGE' ? 'too large: over 1 MiB' : 'damaged: it cannot be decompressed';
    throw new FaceProblem(`The face metadata is ${how}.`, { cause: error });
  }
}
