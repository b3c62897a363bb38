/**
 * Finds face metadata in a JPEG: a pickle in APP15 segments, before the picture itself (ITU-T T.81, annex B). A segment
 * holds 64 KiB; longer data continues in the next segment.
 */
import { type ByteReader, bytesAt } from './byte-reader.ts';
import type { FoundCarriers } from './face-carriers.ts';
import { looksLikePickledDict } from './pickle/read-pickle.ts';
import { MAX_BYTES } from './values/face-limits.ts';
import { tooMuch } from './values/face-problem.ts';

const MAX_SEGMENTS = 10_000;
const APP15 = 0xef;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

export function* jpegCarriers(size: number): ByteReader<FoundCarriers> {
  const parts: Buffer[] = [];
  let length = 0;
  // After the marker that starts the image.
  let at = 2;
  for (let count = 0; ; count++) {
    if (count >= MAX_SEGMENTS) throw tooMuch(`${MAX_SEGMENTS.toLocaleString('en')} segments`);
    // The file is truncated or has other bytes between its segments; the data found so far is valid.
    if (parts.length > 0 && at + 4 > size) break;
    const [start, marker = 0] = yield* bytesAt(at, 2, size);
    if (start !== 0xff || marker === START_OF_SCAN || marker === END_OF_IMAGE) break;
    // Any number of 0xff may precede a marker, and some markers have no segment.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else {
      const segment = (yield* bytesAt(at + 2, 2, size)).readUInt16BE();
      if (segment < 2) break;
      if (marker === APP15) {
        const data = yield* bytesAt(at + 4, segment - 2, size);
        length += data.length;
        if (length > MAX_BYTES) throw tooMuch('4 MiB');
        parts.push(data);
      }
      at += 2 + segment;
    }
  }
  const bytes = Buffer.concat(parts);
  // Other programs use APP15 too, for example to store the JPEG quality.
  return looksLikePickledDict(bytes) ? [{ carrier: 'app15', read: () => bytes }] : [];
}
