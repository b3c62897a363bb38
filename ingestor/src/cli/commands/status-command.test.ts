import { expect, test } from 'vitest';
import { statusLines } from './status-command.ts';

const quiet = {
  ingestors: [],
  roots: [],
  runs: { queued: 0, active: 0, done: 0, failed: 0, cancelled: 0 },
  active_runs: [],
  queues: {},
  assets: { total: 0, pending: 0, with_problems: 0, missing: 0 },
  problems: [],
};

test('statusLines describes a library without any work', () => {
  expect(statusLines(quiet)).toEqual([
    'No ingestor has run yet.',
    'Runs: 0 queued, 0 active, 0 done, 0 failed, 0 cancelled',
    'Waiting work: none',
    '0 assets: 0 being worked on, 0 with a problem, 0 not on disk',
  ]);
});

test('statusLines lists active runs, waiting work and problems', () => {
  const lines = statusLines({
    ...quiet,
    ingestors: [{ host: 'nas', alive: true, media_roots: ['/mnt'], problem: null }],
    roots: [{ host: 'nas', path: '/mnt', problem: 'It is not mounted.' }],
    active_runs: [{ package: 'day_2', status: 'processing', held: 'paused', files_found: 9, assets_registered: 1 }],
    queues: { probe: 0, proxy: 7 },
    problems: [{ of: 'root', name: 'nas:/mnt', problem: 'It is not mounted.' }],
  });
  expect(lines).toContain('nas: alive, reads /mnt');
  expect(lines).toContain('  /mnt on nas: It is not mounted.');
  expect(lines).toContain('  day_2: paused, 9 files, 1 asset');
  expect(lines).toContain('Waiting work: 7 proxy');
  expect(lines).toContain('  root nas:/mnt: It is not mounted.');
});
