import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { scanFolder } from '../scan/scan-folder.ts';
import { folderToPropose } from './config-file.ts';
import { proposeFolder } from './propose-folder.ts';
import { applyEntries } from './rules/placement-rules.ts';

test('proposeFolder accepts a scan, and counts a sequence as its frames', async () => {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-propose-')));
  try {
    const folder = path.join(root, 'ADA', 'delivery_01');
    await mkdir(path.join(folder, 'plate'), { recursive: true });
    await writeFile(path.join(root, 'ADA', 'config.json'), '{}');
    for (let frame = 1; frame <= 30; frame++) {
      await writeFile(path.join(folder, 'plate', `sh010.${String(frame).padStart(4, '0')}.png`), 'x');
    }
    await writeFile(path.join(folder, 'notes.txt'), 'x');

    const signal = new AbortController().signal;
    const listing = await scanFolder(folder, { roots: [root], signal });
    const proposal = await proposeFolder(await folderToPropose(folder, root), listing, {
      model: { unavailable: 'No model was asked.', isMistake: false, cache: null },
      findCorrections: async () => [],
      signal,
    });
    expect(proposal).toMatchObject({
      type: 'vfx',
      signals: { config: true, vfx_folder: true, mostly_png: true, face_crop_names: false },
      primary_subject: 'ADA',
      entries: [
        { path: 'notes.txt', subject: 'ADA', camera: null, asset_type: 'aligned', files: 1 },
        { path: 'plate/', subject: 'ADA', camera: null, asset_type: 'plate', files: 1 },
      ],
    });
    expect(applyEntries(proposal.entries, listing.assets)).not.toContain(null);
  } finally {
    await rm(root, { recursive: true });
  }
});
