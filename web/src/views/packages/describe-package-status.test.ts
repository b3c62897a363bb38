import { expect, test } from 'vitest';
import { describePackageStatus } from './describe-package-status.ts';

const row = {
  status: 'ready',
  problem: null,
  run_status: 'done',
  run_held: null,
  run_problem: null,
  run_files_found: 10,
  run_assets_registered: 10,
  run_assets_probed: 10,
  run_thumbnails_made: 10,
  run_proxies_made: 0,
  run_assets_failed: 0,
  run_at: null,
} as const;
const running = { ...row, status: 'processing', run_status: 'processing', run_assets_probed: 6 } as const;

test('describePackageStatus: says how far an ingest is, also while it is paused', () => {
  expect(describePackageStatus(running, null)).toMatchObject({ icon: 'processing', text: '60%', share: 0.6 });
  expect(describePackageStatus({ ...running, run_held: 'paused' }, null)).toMatchObject({
    icon: 'paused',
    text: 'Paused 60%',
  });
  expect(describePackageStatus({ ...running, run_status: 'scanning' }, null)).toMatchObject({
    text: 'Processing',
    share: null,
  });
});

test('describePackageStatus: gives the reason of an error, and counts the problems of a package that is ready', () => {
  expect(describePackageStatus({ ...row, status: 'error', problem: 'The folder is gone.' }, 3).text).toBe(
    'The folder is gone.',
  );
  expect(describePackageStatus(row, 1)).toMatchObject({ icon: 'error', text: '1 problem' });
  expect(describePackageStatus(row, 0)).toMatchObject({ icon: 'ready', text: 'Ready' });
  expect(describePackageStatus(row, null).text).toBe('Ready');
});
