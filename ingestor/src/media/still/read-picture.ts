/** Finds the readers of a still: by what is in the file, where that tells, and not by its name. */
import { open } from 'node:fs/promises';
import { extensionOf } from '../../scan/names/file-types.ts';
import { detailsOf, mergeDetails } from '../facts/details-of.ts';
import { pictureTags } from '../facts/picture-tags.ts';
import { cannotBeRead, isUnknownKind, MediaProblem } from '../tools/media-problem.ts';
import { type MediaContext, nounOf } from '../tools/media-source.ts';
import { readTexture } from './dds-texture.ts';
import { filmReaders } from './film-still.ts';
import type { OpenedStill } from './open-still.ts';
import { type PictureKind, pictureKind } from './picture-kind.ts';
import { isOneReadersView, readFirst } from './read-first.ts';
import { readStill } from './still.ts';
import { type StillFormat, stillFormat } from './still-format.ts';
import type { StillReader } from './still-reader.ts';
import type { ReadAt } from './tiff-header.ts';

/** Raw files of cameras: TIFF around what TIFF readers take for something else. */
const RAW = new Set(
  '3fr arw bay cr2 cr3 crw dcr dng erf fff iiq k25 kdc mef mos mrw nef nrw orf pef raf rw2 rwl sr2 srf srw x3f'.split(
    ' ',
  ),
);

/** Of these there are more kinds than one reader knows, and half a picture is an error to all of their readers. */
const ASK_ALL: ReadonlySet<StillFormat | null> = new Set<StillFormat>(['tiff', 'avif']);

/** @throws MediaProblem, ToolFailure */
export async function readPicture(opened: OpenedStill, context: MediaContext): Promise<StillReader> {
  const { file, bytes, signature } = opened;
  const format = stillFormat(signature);
  const isRaw = RAW.has(extensionOf(file));
  const kind = await withReadAt(opened, (readAt) => pictureKind(signature, readAt));
  const others = filmReaders(file, context, kind.programs);
  const { texture } = kind;
  if (texture !== null && bytes !== null) return readTexture(bytes, texture, file);
  const bySharp = format !== null && !isRaw && kind.forSharp;
  const reader = await readFirst(bySharp ? [() => readStill(bytes ?? file, file), ...others] : others, {
    goesOn: (error) => isOneReadersView(error) && (!bySharp || ASK_ALL.has(format) || isUnknownKind(error)),
    verdict: (errors) => verdict(errors, kind, file),
  });
  return withTags(showable(reader, kind, file), format, bytes);
}

/** Where one reader does not know its kind, nothing says that the file is damaged. */
function verdict(errors: readonly unknown[], { words }: PictureKind, file: string): unknown {
  const unknown = errors.find(isUnknownKind);
  return unknown === undefined ? errors[0] : cannotBeRead(nounOf(file), words, unknown, file);
}

function showable(reader: StillReader, { nothingToShow }: PictureKind, file: string): StillReader {
  if (nothingToShow === null) return reader;
  const problem = new MediaProblem(`${nounOf(file)} cannot be read here: ${nothingToShow}.`);
  return { ...reader, render: () => Promise.reject(problem) };
}

/** What sharp does not read has its camera, place and time where other photographs have them. */
function withTags(reader: StillReader, format: StillFormat | null, bytes: Buffer | null): StillReader {
  const film = reader.details.film?.format;
  if (bytes === null || !(format === 'tiff' || film === 'heif' || film === 'raw')) return reader;
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
