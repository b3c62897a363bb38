/** Finds the face metadata in a picture's file, by the file's signature. Pixels are skipped. */
import type { FaceCarrier } from '@ingesthub/schema/library/asset-details.ts';
import { type ByteReader, bytesAt } from './byte-reader.ts';
import { jpegCarriers } from './jpeg-carriers.ts';
import { PNG_SIGNATURE, pngCarriers } from './png-carriers.ts';

/** The metadata found, not yet decoded, in order of preference. */
export type FoundCarriers = readonly { readonly carrier: FaceCarrier; readonly read: () => Buffer | string }[];

/** @throws FaceProblem when the file is damaged before any metadata. */
export function* faceCarriers(size: number): ByteReader<FoundCarriers> {
  if (size < PNG_SIGNATURE.length) return [];
  const signature = yield* bytesAt(0, PNG_SIGNATURE.length, size);
  if (signature.equals(PNG_SIGNATURE)) return yield* pngCarriers(size);
  if (signature.readUIntBE(0, 3) === 0xffd8ff) return yield* jpegCarriers(size);
  return [];
}
