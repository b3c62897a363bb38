import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { diskPath } from './disk-path.ts';
import { pasteablePath, storedPath, storedPlace, storedText } from './stored-path.ts';

test('a stored path finds a file whose name is not UTF-8, by bytes and from a shell', () => {
  const folder = mkdtempSync(path.join(tmpdir(), "ihub it's-"));
  const name = Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x62, 0x2e, 0x74, 0x78, 0x74]);
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), 'bytes');
  const place = storedPlace(storedPath(folder), 'caf\uefe9b.txt');
  // @ts-expect-error: the operating system does not know an unconverted path.
  expect(() => statSync(place)).toThrow(/ENOENT/);
  expect(statSync(diskPath(place)).size).toBe(5);
  const word = pasteablePath(storedText(place));
  expect(execFileSync('bash', ['-c', `cat ${word}`], { encoding: 'utf8' })).toBe('bytes');
  rmSync(folder, { recursive: true });
});

test('pasteablePath: returns a plain text path unchanged', () => {
  expect(pasteablePath("/mnt/it's/a b.mov")).toBe("/mnt/it's/a b.mov");
});

test('storedPlace: joins paths as the file system does', () => {
  expect(storedText(storedPlace(storedPath('/'), 'a'))).toBe('/a');
  expect(storedText(storedPlace(storedPath('/a'), ''))).toBe('/a');
});
