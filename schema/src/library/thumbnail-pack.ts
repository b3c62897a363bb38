/**
 * Many thumbnails in one answer: `POST /api/thumbnails {"ids": […]}`.
 *
 * The answer has one frame per id, in the order requested: an 8-byte header, then the picture. The header is
 * two big-endian 32-bit numbers: the picture's version (signed, the `thumbnail_version` of its asset) and its
 * length in bytes. A length of 0 means that the asset has no picture. A truncated answer is valid up to its
 * last complete frame.
 */
import { z } from 'zod';
import { boundedList } from '../values/bounded-list.ts';

const HEADER_BYTES = 8;

/** Maximum number of ids per request. */
export const MAX_THUMBNAILS = 256;
export const thumbnailsRequest = z.object({ ids: boundedList(z.uuid(), { min: 1, max: MAX_THUMBNAILS }) });

/** `GET /api/thumbnails/size?package=<uuid>` or `?project=<uuid>`: the thumbnail count and estimated bytes. */
export const thumbnailsSize = z.object({
  count: z.number().int(),
  /** Null when pictures exist but none of those sampled is on the server's disk. */
  bytes: z.number().nullable(),
});
export type ThumbnailsSize = z.infer<typeof thumbnailsSize>;

/** Encodes one frame. @param picture null when the asset has no picture. */
export function writeFrame(version: number | null, picture: Uint8Array | null): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(HEADER_BYTES + (picture?.length ?? 0));
  const view = new DataView(frame.buffer);
  view.setInt32(0, version ?? 0);
  view.setUint32(4, picture?.length ?? 0);
  if (picture) frame.set(picture, HEADER_BYTES);
  return frame;
}

export interface Frame {
  readonly version: number;
  /** Offset of the picture in the pack. */
  readonly offset: number;
  /** 0 when the asset has no picture. */
  readonly length: number;
}

/** Returns the complete frames of a pack. */
export function readFrames(pack: Uint8Array): Frame[] {
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength);
  const frames: Frame[] = [];
  for (let offset = HEADER_BYTES; offset <= pack.length; ) {
    const frame = {
      version: view.getInt32(offset - HEADER_BYTES),
      offset,
      length: view.getUint32(offset - HEADER_BYTES + 4),
    };
    if (offset + frame.length > pack.length) break;
    frames.push(frame);
    offset += frame.length + HEADER_BYTES;
  }
  return frames;
}
