/** Refines a picture file's format as far as it determines which readers show the picture correctly. */
import { type DdsTexture, readDdsTexture } from './dds-texture.ts';
import { type PsdHeader, psdKind, readPsdHeader } from './psd-header.ts';
import { isForSharp, type ReadAt, readTiffHeader, tiffKind } from './tiff-header.ts';
import type { Program } from './tool-still.ts';

export interface PictureKind {
  /** A short description in case no reader knows the kind; null when the format describes it fully. */
  readonly words: string | null;
  /** True when sharp shows the picture correctly, provided that it reads the format. */
  readonly forSharp: boolean;
  /** The programs to try, in order. */
  readonly programs: readonly Program[];
  /** The reason why the file holds no picture to show; null when it holds one. */
  readonly nothingToShow: string | null;
  /** Pixels that are decoded here because no program shows them correctly; null when there are none. */
  readonly texture: DdsTexture | null;
}

const PLAIN: PictureKind = {
  ...{ words: null, forSharp: true, programs: ['oiiotool', 'ffmpeg'] },
  ...{ nothingToShow: null, texture: null },
};

/** @param signature the file's first bytes. @param readAt reads other parts when more is needed. */
export async function pictureKind(signature: Buffer, readAt: ReadAt): Promise<PictureKind> {
  const start = signature.toString('latin1', 0, 4);
  if (/^(?:II[*+]\0|MM\0[*+])/.test(start)) {
    const header = await readTiffHeader(readAt);
    return header === null ? PLAIN : { ...PLAIN, words: tiffKind(header), forSharp: isForSharp(header) };
  }
  if (start === '8BPS') {
    const header = await readPsdHeader(readAt);
    return header === null ? PLAIN : { ...PLAIN, words: psdKind(header), nothingToShow: unmerged(header) };
  }
  if (start === 'DDS ') {
    const texture = await readDdsTexture(readAt);
    return texture === null ? PLAIN : { ...PLAIN, texture };
  }
  // Maya pictures, which oiiotool reads, start with FORM too (EA IFF 85).
  if (start === 'FORM' && /^(?:ILBM|PBM |ACBM|DEEP|RGB8|RGBN)/.test(signature.toString('latin1', 8, 12))) {
    return { ...PLAIN, words: `Amiga picture (${signature.toString('latin1', 8, 12).trim()})`, programs: ['ffmpeg'] };
  }
  if (start.startsWith('BM') && hasUnusualMasks(signature)) {
    return { ...PLAIN, words: 'BMP with colours in unusual bits', programs: ['ffmpeg'] };
  }
  return PLAIN;
}

function unmerged({ merged }: PsdHeader): string | null {
  return merged ? null : 'a Photoshop file that was saved without its merged picture (Maximize Compatibility)';
}

/** Detects 32-bit pixels with colour masks (BITMAPINFOHEADER) that oiiotool would treat as the usual ones. */
function hasUnusualMasks(signature: Buffer): boolean {
  if (signature.length < 64 || signature.readUInt16LE(28) !== 32) return false;
  const compression = signature.readUInt32LE(30);
  const [red, green, blue] = [54, 58, 62].map((at) => (at + 4 <= signature.length ? signature.readUInt32LE(at) : null));
  return (
    (compression === 3 || compression === 6) &&
    !(red === 0xff0000 && green === 0xff00 && (blue === 0xff || blue === null))
  );
}
