import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { readTar, type TarEntry } from './read-tar.ts';

/** Longer than a header's name field, so that the rest goes into the prefix. */
const DEEP = `${'folder/'.repeat(16)}file`;

async function archive(): Promise<Buffer<ArrayBuffer>> {
  const tar = pack();
  tar.entry({ name: 'base', type: 'directory', mode: 0o700 });
  tar.entry({ name: 'base/1', mode: 0o600 }, 'x'.repeat(1500));
  tar.entry({ name: 'base/empty' }, '');
  tar.entry({ name: DEEP }, 'deep');
  tar.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of tar) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Reads the archive in pieces of the given number of bytes. */
async function read(bytes: Buffer<ArrayBuffer>, step: number): Promise<(TarEntry & { contents: string })[]> {
  const found: (TarEntry & { contents: string })[] = [];
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += step) controller.enqueue(bytes.subarray(at, at + step));
      controller.close();
    },
  });
  await readTar(stream, (entry) => {
    const file = { ...entry, contents: '' };
    found.push(file);
    return (piece) => {
      file.contents += new TextDecoder().decode(piece);
    };
  });
  return found;
}

test.each([1, 511, 100_000])(
  'readTar: reads folders, files and long names however the stream is cut (%i bytes)',
  async (step) => {
    expect(await read(await archive(), step)).toEqual([
      { path: 'base', folder: true, mode: 0o700, bytes: 0, contents: '' },
      { path: 'base/1', folder: false, mode: 0o600, bytes: 1500, contents: 'x'.repeat(1500) },
      { path: 'base/empty', folder: false, mode: 0o644, bytes: 0, contents: '' },
      { path: DEEP, folder: false, mode: 0o644, bytes: 4, contents: 'deep' },
    ]);
  },
);

test('readTar: fails when the stream is cut off, instead of returning a shorter archive', async () => {
  const whole = await archive();
  await expect(read(whole.subarray(0, 1200), 100)).rejects.toThrow('is cut off');
  await expect(read(whole.subarray(0, whole.length - 1024), 100)).rejects.toThrow('is cut off');
});
