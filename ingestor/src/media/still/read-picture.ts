/** Chooses the readers of a still by its content where possible, rather than by its name. */
import { open } from 'node:fs/promises';
import { extensionOf } from '../../scan/names/file-types.ts';
import { detailsOf, mergeDetails } from '../facts/details-of.ts';
import { pictureTags } from '../facts/picture-tags.ts';
import { cannotBeRead, isUnknownKind, MediaProblem } from '../tools/media-problem.ts';
import { type MediaContext, nounOf } from '../tools/media-source.ts';
import { readTexture } from './dds-texture.ts';
import type { OpenedStill } from './open-still.ts';
import { type PictureKind, pictureKind } from './picture-kind.ts';
import { isOneReadersView, readFirst } from './read-first.ts';
import { readStill } from './still.ts';
import { type StillFormat, stillFormat } from './still-format.ts';
import type { StillReader } from './still-reader.ts';
import type { ReadAt } from './tiff-header.ts';
import { toolReaders } from './tool-still.ts';

/** Raw files of cameras: TIFF structures whose content TIFF readers misinterpret. */
const RAW = new Set(
  '3fr arw bay cr2 cr3 crw dcr dng erf fff iiq k25 kdc mef mos mrw nef nrw orf pef raf rw2 rwl sr2 srf srw x3f'.split(
    ' ',
  ),
);

/** Formats with more variants than one reader knows, whose readers all fail on a truncated picture. */
const ASK_ALL: ReadonlySet<StillFormat | null> = new Set<StillFormat>(['tiff', 'avif']);

/** @throws MediaProblem, ToolFailure */
export async function readPicture(opened: OpenedStill, context: MediaContext): Promise<StillReader> {
  const { file, bytes, signature } = opened;
  const format = stillFormat(signature);
  const isRaw = RAW.has(extensionOf(file));
  const kind = await withReadAt(opened, (readAt) => pictureKind(signature, readAt));
  const others = toolReaders(file, context, kind.programs);
  const { texture } = kind;
  if (texture !== null && bytes !== null) return readTexture(bytes, texture, file);
  const bySharp = format !== null && !isRaw && kind.forSharp;
  const reader = await readFirst(bySharp ? [() => readStill(bytes ?? file, file), ...others] : others, {
    goesOn: (error) => isOneReadersView(error) && (!bySharp || ASK_ALL.has(format) || isUnknownKind(error)),
    verdict: (errors) => verdict(errors, kind, file),
  });
  return withTags(showable(reader, kind, file), format, bytes);
}

/** When a reader does not know the kind, damage cannot be concluded. */
function verdict(errors: readonly unknown[], { words }: PictureKind, file: string): unknown {
  const unknown = errors.find(isUnknownKind);
  return unknown === undefined ? errors[0] : cannotBeRead(nounOf(file), words, unknown, file);
}

function showable(reader: StillReader, { nothingToShow }: PictureKind, file: string): StillReader {
  if (nothingToShow === null) return reader;
  const problem = new MediaProblem(`${nounOf(file)} cannot be read here: ${nothingToShow}.`);
  return { ...reader, render: () => Promise.reject(problem) };
}

/** Adds camera, place and time to formats that sharp does not read, from the same tags as in other photographs. */
function withTags(reader: StillReader, format: StillFormat | null, bytes: Buffer | null): StillReader {
  const frame = reader.details.frame?.format;
  if (bytes === null || !(format === 'tiff' || frame === 'heif' || frame === 'raw')) return reader;
  return { ...reader, details: mergeDetails(detailsOf(pictureTags(bytes)), reader.details) };
}

async function withReadAt<T>({ file, bytes }: OpenedStill, use: (readAt: ReadAt) => Promise<T>): Promise<T> {
  if (bytes !== null) return use(async (offset, length) => bytes.subarray(offset, offset + length));
  await using handle = await open(file);
  return use(async (offset, length) => {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, offset);
    return buffer.subarray(0, bytesRead);
  });
}
