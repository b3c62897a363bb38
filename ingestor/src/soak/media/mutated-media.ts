/** Derives damaged files of every type from a delivery; the same seed gives the same files. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type SeededRandom, seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { extensionOf, fileTypeOf } from '../../scan/names/file-types.ts';
import { makeWithFfmpeg } from '../../testing/media-files.ts';
import { MUTATIONS, mutateBytesBy } from '../../testing/mutate-bytes.ts';

/** Bytes; larger files cost time and reveal nothing more. */
const LARGEST = 400_000;
/** One in this many mutations is a sequence with damaged frames. */
const SEQUENCES = 30;
const FRAMES = 6;

interface Originals {
  /** Keyed by extension. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly extensions: readonly string[];
}

export interface MutationOptions {
  readonly seed: number;
  readonly count: number;
  readonly signal: AbortSignal;
}

/** @param delivery holds the originals; the damaged files go into its folder `mutated`. */
export async function makeMutatedMedia(delivery: string, { seed, count, signal }: MutationOptions): Promise<void> {
  const originals = await findOriginals(delivery);
  for (let index = 0; index < count; index += 1) {
    signal.throwIfAborted();
    // Seeded one by one, so that a larger count keeps the first files unchanged.
    const random = seededRandom(seed * 100_003 + index);
    const number = String(index).padStart(5, '0');
    if (index % SEQUENCES === SEQUENCES - 1) {
      await mutateSequence(path.join(delivery, 'mutated/sequences', number), random);
      continue;
    }
    const how = random.pick([...MUTATIONS, 'wrong extension'] as const);
    const extension = originals.extensions[index % originals.extensions.length] ?? '';
    const original = random.pick(originals.files.get(extension) ?? []);
    const bytes = await readFile(original);
    const other = await readFile(random.pick(originals.files.get(random.pick(originals.extensions)) ?? [original]));
    const stem = `${number} ${path.basename(original)}`;
    const folder = path.join(delivery, 'mutated', how);
    await mkdir(folder, { recursive: true });
    if (how === 'wrong extension') {
      await writeFile(path.join(folder, `${stem}.${random.pick(originals.extensions)}`), bytes);
    } else await writeFile(path.join(folder, stem), mutateBytesBy(how, bytes, other, random));
  }
}

/** Finds small originals; for an extension without any, the smallest. */
async function findOriginals(delivery: string): Promise<Originals> {
  const found: { file: string; size: number }[] = [];
  for (const entry of await readdir(delivery, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile() || fileTypeOf(entry.name) === 'other') continue;
    const { size } = await stat(file);
    if (size > 0) found.push({ file, size });
  }
  found.sort((a, b) => a.size - b.size || (a.file < b.file ? -1 : 1));
  const files = new Map<string, string[]>();
  for (const [extension, all] of Map.groupBy(found, ({ file }) => extensionOf(file))) {
    const small = all.filter(({ size }) => size <= LARGEST);
    files.set(
      extension,
      (small.length > 0 ? small : all.slice(0, 1)).map(({ file }) => file),
    );
  }
  return { files, extensions: [...files.keys()].sort() };
}

async function mutateSequence(folder: string, random: SeededRandom): Promise<void> {
  const extension = random.pick(['png', 'jpg', 'exr', 'dpx', 'tif']);
  await makeWithFfmpeg(
    path.join(folder, `frame.%04d.${extension}`),
    `-f lavfi -i testsrc2=size=160x90:rate=24 -frames:v ${FRAMES}`,
  );
  for (let each = 0; each < 2; each += 1) {
    const file = path.join(folder, `frame.000${random.whole(1, FRAMES)}.${extension}`);
    const bytes = await readFile(file);
    await writeFile(file, mutateBytesBy(random.pick(MUTATIONS), bytes, bytes, random));
  }
}
