/** Measures how fast face metadata is read from crop files. */
import { randomBytes } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import { withFaceMetadata } from '@ingesthub/fixtures/face-metadata.ts';
import { insertBeforeEnd } from '@ingesthub/fixtures/png-chunks.ts';
import { seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { readFace, readFaceFrom } from '@ingesthub/ingestor/media/face/read-face.ts';
import { type Figure, printFigures } from '../measure/figures.ts';

const ROUNDS = 3;
/** Bytes of a crop's compressed pixels, and of each chunk that encoders split them into. */
const SIZES = { least: 100_000, most: 400_000, chunk: 8192 } as const;
/** Number of generated pictures; the files reuse them with different metadata. */
const PICTURES = 16;
/** A PNG that consists of only the signature and IEND. */
const NO_PICTURE = Buffer.from('89504e470d0a1a0a0000000049454e44ae426082', 'hex');

/** @param options.inFlight number of files read concurrently. */
export async function faceMetadataBenchmark({ crops = 10_000, inFlight = 8 } = {}): Promise<void> {
  await using folder = await temporaryFolder();
  const { files, bytes } = await writeCrops(folder.path, crops, inFlight);
  const results = new Map<string, readonly Figure[]>();
  for (const [name, rate] of [
    ['whole file', () => rateOfFiles(files, inFlight, readWhole)],
    ['headers only', () => rateOfFiles(files, inFlight, readHeaders)],
    ['in memory', () => rateInMemory(files, crops)],
  ] as const) {
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round++) rates.push(await rate());
    const median = rates.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
    results.set(name, [
      { what: 'crops per second', value: median ?? null, unit: '' },
      { what: 'mean size of a crop', value: bytes / crops, unit: 'bytes' },
    ]);
  }
  printFigures(`Face metadata of ${crops.toLocaleString('en')} crops, ${inFlight} files in flight`, results);
}

async function rateOfFiles(
  files: readonly string[],
  inFlight: number,
  read: (file: string) => Promise<boolean>,
): Promise<number> {
  const started = performance.now();
  const left = files.values();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (const file of left) if (!(await read(file))) throw new Error(`${file} has no pose.`);
    }),
  );
  return (1000 * files.length) / (performance.now() - started);
}

/** Measures the rate without the file system, by parsing the same few files in memory. */
async function rateInMemory(files: readonly string[], times: number): Promise<number> {
  const some = await Promise.all(files.slice(0, PICTURES).map((file) => readFile(file)));
  const started = performance.now();
  for (let count = 0; count < times; count++) readFace(some[count % some.length] ?? NO_PICTURE);
  return (1000 * times) / (performance.now() - started);
}

async function readWhole(file: string): Promise<boolean> {
  return readFace(await readFile(file))?.face?.pose != null;
}

async function readHeaders(file: string): Promise<boolean> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  return (await readFaceFrom(handle, size))?.face?.pose != null;
}

async function writeCrops(
  folder: string,
  crops: number,
  inFlight: number,
): Promise<{ files: string[]; bytes: number }> {
  const pictures = makePictures();
  const random = seededRandom(1);
  const files = Array.from({ length: crops }, (_, index) =>
    path.join(folder, `${String(index).padStart(5, '0')}_0.png`),
  );
  let bytes = 0;
  const left = files.entries();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (const [index, file] of left) {
        const crop = withFaceMetadata(pictures[index % PICTURES] ?? NO_PICTURE, {
          pose: { pitch: random.between(-30, 30), yaw: random.between(-75, 75), roll: random.between(-9, 9) },
          landmarks: Array.from({ length: 68 }, () => [random.between(0, 512), random.between(0, 512)] as const),
          sourcePath: `/mnt/northlight/from_client/${path.basename(file)}`,
          sourceRect: [620, 180, 1300, 860],
          sourceSize: [1920, 1080],
          sharpness: random.between(10, 200),
          brightness: random.between(0, 255),
          hue: random.between(0, 360),
        });
        bytes += crop.length;
        await writeFile(file, crop);
      }
    }),
  );
  return { files, bytes };
}

/** Makes pictures whose pixels are noise, because nothing here decodes them. */
function makePictures(): Buffer[] {
  return Array.from({ length: PICTURES }, (_, index) => {
    const size = SIZES.least + ((SIZES.most - SIZES.least) * index) / (PICTURES - 1);
    let picture: Buffer = NO_PICTURE;
    for (let left = size; left > 0; left -= SIZES.chunk) {
      picture = insertBeforeEnd(picture, 'IDAT', randomBytes(Math.min(left, SIZES.chunk)));
    }
    return picture;
  });
}
