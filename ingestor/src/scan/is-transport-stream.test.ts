import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isTransportStream } from './is-transport-stream.ts';
import { scanFolder } from './scan-folder.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-streams-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Returns packets of zeros, starting at an offset within the first. */
function packets(length: number, count: number, within = 0): Buffer {
  const bytes = Buffer.alloc(length * (count + 1));
  for (let packet = 0; packet <= count; packet += 1) bytes[packet * length + (length === 192 ? 4 : 0)] = 0x47;
  return bytes.subarray(within, within + length * count);
}

test.each<[what: string, bytes: Buffer, is: boolean]>([
  ['packets', packets(188, 20), true],
  ['packets with timestamps', packets(192, 20), true],
  ['packets with checksums', packets(204, 20), true],
  ['packets that start within one', packets(188, 20, 100), true],
  ['only two packets', packets(188, 2), true],
  ['source code', Buffer.from("import path from 'node:path';\n".repeat(60)), false],
  ['source code that begins with G', Buffer.from(`Graph;\n${'const g = 1;\n'.repeat(90)}`), false],
  ['short source code', Buffer.from('G'), false],
  ['an empty file', Buffer.alloc(0), false],
])('isTransportStream recognises %s', async (what, bytes, is) => {
  const file = path.join(folder, `${what}.bin`);
  await writeFile(file, bytes);
  expect(isTransportStream(file)).toBe(is);
});

test('scanFolder treats transport streams as videos, but not TypeScript', async () => {
  const delivery = path.join(folder, 'delivery');
  await mkdir(delivery);
  await writeFile(path.join(delivery, 'broadcast.ts'), packets(188, 30));
  await writeFile(path.join(delivery, 'tape.MTS'), packets(192, 30));
  await writeFile(path.join(delivery, 'index.ts'), 'export const answer = 42;\n');
  const { assets } = await scanFolder(delivery, { roots: [folder] });
  expect(assets.map(({ relativePath, fileType }) => [relativePath, fileType])).toEqual([
    ['broadcast.ts', 'video'],
    ['index.ts', 'other'],
    ['tape.MTS', 'video'],
  ]);
});
