/** Streams a PGlite data directory from a tar into packed files, without ever holding it whole in memory. */
import type { PackedFiles } from './packed-files.ts';
import { readTar } from './read-tar.ts';

const FOLDER = 0o040000;
const FILE = 0o100000;

/** @throws when the stream breaks off, or is not a tar; the files unpacked so far are then useless. */
export async function unpackDirectory(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  files: PackedFiles,
): Promise<void> {
  await readTar(stream, ({ path, folder, mode, bytes }) => {
    if (!folder) return files.addFile(path, FILE | mode, bytes);
    if (path !== '.' && path !== '') files.mkdir(path, { mode: FOLDER | mode });
    return () => {};
  });
}
