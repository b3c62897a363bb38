/** Reads the first sections of a Photoshop file (Adobe Photoshop File Formats Specification, 2019). */
import type { ReadAt } from './tiff-header.ts';

export interface PsdHeader {
  /** 2 for the large variant, PSB. */
  readonly version: number;
  readonly channels: number;
  readonly bits: number;
  /** Photoshop's number: 3 RGB, 4 CMYK, 9 L*a*b*. */
  readonly mode: number;
  /** False when the file has layers but was saved without their merged picture. */
  readonly merged: boolean;
}

/** Bytes of image resources that are searched; previews and profiles are among them. */
const MAX_RESOURCES = 16 * 1024 * 1024;
const VERSION_INFO = 1057;
const MODES = ['bitmap', 'grey', 'indexed colours', 'RGB', 'CMYK', '', '', 'multichannel', 'duotone', 'L*a*b* colour'];

/** @returns null when the file is not a Photoshop file, or is truncated. */
export async function readPsdHeader(readAt: ReadAt): Promise<PsdHeader | null> {
  try {
    const start = await readAt(0, 30);
    if (start.toString('latin1', 0, 4) !== '8BPS') return null;
    const version = start.readUInt16BE(4);
    const resourcesAt = 30 + start.readUInt32BE(26);
    const size = (await readAt(resourcesAt, 4)).readUInt32BE(0);
    const info = resource(await readAt(resourcesAt + 4, Math.min(size, MAX_RESOURCES)), VERSION_INFO);
    const layers = (await readAt(resourcesAt + 4 + size, 8)).subarray(0, version === 2 ? 8 : 4);
    return {
      version,
      channels: start.readUInt16BE(12),
      bits: start.readUInt16BE(22),
      mode: start.readUInt16BE(24),
      merged: info === null || info[4] !== 0 || layers.every((byte) => byte === 0),
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Finds a resource. Each has a signature, a number, a name and a length, padded to an even number of bytes. */
function resource(bytes: Buffer, wanted: number): Buffer | null {
  let at = 0;
  while (at + 12 <= bytes.length && bytes.toString('latin1', at, at + 4) === '8BIM') {
    const number = bytes.readUInt16BE(at + 4);
    const nameSize = (bytes.readUInt8(at + 6) + 2) & ~1;
    const start = at + 6 + nameSize + 4;
    const length = bytes.readUInt32BE(start - 4);
    if (number === wanted) return bytes.subarray(start, start + length);
    at = start + ((length + 1) & ~1);
  }
  return null;
}

/** Describes the file in a few words: 'Photoshop file of 3 channels of 8 bits, L*a*b* colour'. */
export function psdKind({ channels, bits, mode }: PsdHeader): string {
  const colour = MODES[mode] ?? '';
  return `Photoshop file of ${channels} channels of ${bits} bits${colour === '' ? '' : `, ${colour}`}`;
}
