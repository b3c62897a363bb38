import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashBytes, hashFile, WHOLE_FILE_LIMIT } from './content-hash.ts';
import { hashWholeFile } from './whole-hash.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ihub-hash-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const SIZES = [0, 1, WHOLE_FILE_LIMIT, WHOLE_FILE_LIMIT + 1, 3 * WHOLE_FILE_LIMIT + 77];

async function fileOf(size: number): Promise<{ file: string; bytes: Buffer }> {
  const bytes = Buffer.alloc(size, 'the harbour at night, ');
  const file = path.join(folder, String(size));
  await writeFile(file, bytes);
  return { file, bytes };
}

test.each(SIZES)('hashWholeFile of %i bytes matches sha256sum', async (size) => {
  const { file } = await fileOf(size);
  const { stdout } = await promisify(execFile)('sha256sum', [file]);
  expect(await hashWholeFile(file, new AbortController().signal)).toBe(stdout.slice(0, 64));
});

test.each(SIZES)('hashBytes of %i bytes matches hashFile of a file with them', async (size) => {
  const { file, bytes } = await fileOf(size);
  expect(hashBytes(bytes)).toBe(await hashFile(file));
});

test('hashWholeFile stops when its signal aborts', async () => {
  const { file } = await fileOf(100);
  await expect(hashWholeFile(file, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
});
