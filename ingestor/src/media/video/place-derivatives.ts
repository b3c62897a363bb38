/** Moves ffmpeg's outputs from the working folder to their place as derivatives. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromPixels, THUMBNAIL_EDGE, writeWebp } from '../picture/pixels.ts';
import type { DerivativeStore } from '../tools/derivative-store.ts';
import type { MissingKeys } from './derive-video.ts';
import { readPicture } from './made-pictures.ts';
import { PICTURE_FILE, SHEET_FILE } from './video-arguments.ts';

/** Pixels. */
export const THUMBNAIL_BOUNDS = { width: THUMBNAIL_EDGE, height: THUMBNAIL_EDGE };

/** Places the thumbnail and the sprite, each when it is missing and ffmpeg wrote it. */
export async function placePictures(folder: string, missing: MissingKeys, store: DerivativeStore): Promise<void> {
  const { thumbnail, sprite } = missing;
  const picture = thumbnail === undefined ? null : await readPicture(path.join(folder, PICTURE_FILE));
  if (thumbnail !== undefined && picture !== null) {
    await store.makeFile(thumbnail, (draft) => writeWebp(picture, draft));
  }
  const sheet = sprite === undefined ? null : await readPicture(path.join(folder, SHEET_FILE));
  if (sprite !== undefined && sheet !== null) {
    const jpeg = await fromPixels(sheet).jpeg({ quality: 78 }).toBuffer();
    await store.makeFile(sprite, (draft) => writeFile(draft, jpeg));
  }
}

/** @param json null when there was no sound to draw. */
export async function placeWaveform(json: string | null, key: string, store: DerivativeStore): Promise<void> {
  if (json !== null) await store.makeFile(key, (draft) => writeFile(draft, json));
}
