/** A PGlite data directory that arrives as a tar -> packed files, without ever being whole in memory. */
import type { PackedFiles } from './packed-files.ts';
import { readTar } from './read-tar.ts';

const FOLDER = 0o040000;
const FILE = 0o100000;

/** @throws when the stream breaks off, or is no tar: what was unpacked until then is of no use. */
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
