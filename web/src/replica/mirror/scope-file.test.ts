import { expect, test } from 'vitest';
import { seeded } from '../testing/seeded.ts';
import { AssetTable } from './asset-table.ts';
import {
  formatLine,
  type Line,
  linesStart,
  readContent,
  readHead,
  readLines,
  writeContent,
  writeHead,
} from './scope-file.ts';
import { copyAssets, copyFolders, copyTags } from './testing/copied-assets.ts';
import { type MemoryFile, memoryFile } from './testing/memory-file.ts';
import { anyAsset, paths } from './testing/random-assets.ts';

const random = seeded(1);
const [packageId, state, next, last] = [
  '01900000-0000-7000-8000-000000000001',
  '6f1c7d5e-3b0a-4f6e-9a51-0d2c4b8e7f10',
  '0b7e2f94-58c3-4d1b-8e62-a94f1c3d5e20',
  'd2a94c6b-17f8-4e35-b0c9-5e8f7a1b3c30',
] as const;

const lines: Line[] = [
  [state, next, null],
  [
    next,
    last,
    {
      tables: new Map([
        ['assets', { packages: new Set([packageId]), columns: null, assets: { ids: new Set([next]), packages: null } }],
        ['projects', { packages: null, columns: new Set(['name']) }],
      ]),
    },
  ],
];

function fileOfThree(): MemoryFile {
  const table = new AssetTable();
  const assets = [1, 2, 3].map(() => anyAsset(random, crypto.randomUUID(), packageId, null));
  table.writeFolders(copyFolders(paths.map((path, number) => [packageId, number, path] as const)));
  table.write(copyAssets(assets));
  table.addTags(copyTags(assets.flatMap(({ id, tags }) => tags.map((tag) => [id, tag] as const))));
  const file = memoryFile();
  const steps = writeContent(file, {
    table: table.content(),
    packages: new Set([packageId]),
    byName: Uint32Array.of(2, 0, 1),
  });
  let step = steps.next();
  while (!step.done) step = steps.next();
  const head = { ...step.value, scope: { kind: 'project', id: packageId } as const, state, askedAt: 7 };
  writeHead(file, head);
  for (const line of lines) file.write(formatLine(line), { at: file.getSize() });
  return file;
}

/** Returns all that a file says, or null for each part that is refused. */
function read(file: MemoryFile) {
  const head = readHead(file);
  const content = head && readContent(file, head);
  return { head, content, lines: head && readLines(file, linesStart(head)).lines };
}

test('reads what was written', () => {
  const file = fileOfThree();
  const { head, content, lines: found } = read(file);
  expect(head).toMatchObject({ scope: { kind: 'project', id: packageId }, state, askedAt: 7 });
  expect(content?.packages).toEqual(new Set([packageId]));
  expect(content?.byName).toEqual(Uint32Array.of(2, 0, 1));
  expect(found).toEqual(lines);
});

test('refuses a file or its lines wherever one byte differs, or gives the same', () => {
  const file = fileOfThree();
  const whole = read(file);
  const linesAt = whole.head ? linesStart(whole.head) : 0;
  let refused = 0;
  for (let at = 0; at < file.bytes.length; at++) {
    const byte = file.bytes[at] as number;
    file.bytes[at] = byte ^ (1 + Math.floor(random() * 255));
    const found = read(file);
    if (at < linesAt && (found.head === null || found.content === null)) refused += 1;
    else if (at >= linesAt) {
      // Lines are good up to the damaged one.
      expect(found.lines, `byte ${at}`).toEqual(lines.slice(0, found.lines?.length));
      expect(found.lines?.length, `byte ${at}`).toBeLessThan(lines.length);
    } else expect(found, `byte ${at}`).toEqual(whole);
    file.bytes[at] = byte;
  }
  // The last word of the head is not used.
  expect(refused).toBe(linesAt - 4);
});

test('refuses a file that was cut off', () => {
  const file = fileOfThree();
  const { bytes } = file;
  const { head } = read(file);
  const linesAt = head ? linesStart(head) : 0;
  for (let length = 0; length < bytes.length; length++) {
    file.bytes = bytes.slice(0, length);
    const found = read(file);
    if (length < linesAt) expect(found.content, `length ${length}`).toBeNull();
    else expect(found.lines?.length, `length ${length}`).toBeLessThan(lines.length);
  }
});
