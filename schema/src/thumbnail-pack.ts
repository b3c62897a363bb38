/**
 * Many thumbnails in one answer: `POST /api/thumbnails {"ids": […]}`.
 *
 * For each id, in the order asked, one frame: a header of 8 bytes, then the picture. The header is two
 * big-endian numbers of 32 bits: the picture's version (signed, the `thumbnail_version` of its asset) and its
 * length in bytes. A length of 0 means that there is no picture of this asset. An answer that was cut is whole
 * up to the last frame that is.
 */
import { z } from 'zod';
import { boundedList } from './bounded-list.ts';

const HEADER_BYTES = 8;

/** How many a request may name. */
export const MAX_THUMBNAILS = 256;
export const thumbnailsRequest = z.object({ ids: boundedList(z.uuid(), { min: 1, max: MAX_THUMBNAILS }) });

/** `GET /api/thumbnails/size?package=<uuid>` or `?project=<uuid>`: how many there are, and their bytes, estimated. */
export const thumbnailsSize = z.object({
  count: z.number().int(),
  /** Null: there are pictures, but none of those looked at is on the server's disk. */
  bytes: z.number().nullable(),
});
export type ThumbnailsSize = z.infer<typeof thumbnailsSize>;

/** A picture's frame. @param picture null: there is none. */
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
  /** Where the picture begins in the pack. */
  readonly offset: number;
  /** 0: there is no picture. */
  readonly length: number;
}

/** The frames of a pack, as far as they are whole. */
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
