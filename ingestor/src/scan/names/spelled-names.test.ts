import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { spelledNames } from './spelled-names.ts';

test('spelledNames finds frames whose extension is spelled differently, and keeps the other names', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-spellings-'));
  try {
    for (const name of ['a.01.exr', 'a.02.EXR', 'A.03.exr']) await writeFile(path.join(folder, name), '');
    const asked = ['a.01.exr', 'a.02.exr', 'a.03.exr', 'a.04.exr'];
    expect(await spelledNames(folder, asked)).toEqual(['a.01.exr', 'a.02.EXR', 'a.03.exr', 'a.04.exr']);
    expect(await spelledNames(path.join(folder, 'gone'), asked)).toEqual(asked);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
