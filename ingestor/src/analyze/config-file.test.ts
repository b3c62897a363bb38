import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parentHasConfig } from './config-file.ts';

test('parentHasConfig looks beside the folder, never above the media roots', async () => {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-config-')));
  try {
    const folder = path.join(root, 'delivery');
    expect(await parentHasConfig(folder, [root])).toBe(false);
    await writeFile(path.join(root, 'config.json'), '{}');
    expect(await parentHasConfig(folder, [root])).toBe(true);
    expect(await parentHasConfig(folder, [folder])).toBe(false);
  } finally {
    await rm(root, { recursive: true });
  }
});
