import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { environmentFolders, folderVariables } from './environment-folders.ts';

const folders = (env: Record<string, string>) => environmentFolders(z.object(folderVariables).parse(env), env);

test('environmentFolders: resolves relative folders against the user’s folder, wherever npm runs the command', () => {
  expect(
    folders({
      INIT_CWD: '/home/ada',
      IHUB_DATA_DIR: 'data',
      PROXY_DIR: '../nas/proxies',
      MEDIA_ROOT_PATHS: 'in:/mnt/b:',
      DATASETS_ROOT: '../nas/datasets/',
    }),
  ).toEqual({
    dataDir: '/home/ada/data',
    derivativeFolder: '/home/nas/proxies',
    mediaRoots: ['/home/ada/in', '/mnt/b'],
    datasetsRoot: '/home/nas/datasets',
  });
});

test('environmentFolders: defaults to data in the repository and derivatives in the data folder', () => {
  const dataDir = path.resolve(import.meta.dirname, '../../../.ihub');
  expect(folders({ INIT_CWD: '/home/ada' })).toEqual({
    dataDir,
    derivativeFolder: path.join(dataDir, 'derivatives'),
    mediaRoots: [],
    datasetsRoot: null,
  });
});
