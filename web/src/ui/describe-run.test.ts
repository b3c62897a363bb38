import { expect, test } from 'vitest';
import type { RunProgress } from '../queries/runs.ts';
import { describeRun } from './describe-run.ts';

const run: RunProgress = {
  run_status: 'processing',
  run_held: null,
  run_problem: null,
  run_files_found: 12,
  run_assets_registered: 12,
  run_assets_probed: 3,
  run_thumbnails_made: 1,
  run_proxies_made: 0,
  run_assets_failed: 2,
  run_at: new Date(),
};

test('describeRun: describes the progress of a run that is under way', () => {
  expect(describeRun(run)).toEqual({
    text: '3 of 12 assets read · 1 thumbnail · 0 proxies · 2 problems',
    active: true,
    share: 0.25,
  });
  expect(describeRun({ ...run, run_assets_registered: 0 })?.share).toBeNull();
});

test('describeRun: shows a run as paused or cancelled at once, unless it has ended', () => {
  const paused = { ...run, run_held: 'paused' } as const;
  expect(describeRun(paused)).toEqual({
    text: 'Paused · 3 of 12 assets read · 1 thumbnail · 0 proxies · 2 problems',
    active: false,
    share: 0.25,
  });
  expect(describeRun({ ...paused, run_status: 'scanning' })).toEqual({ text: 'Paused', active: false, share: null });
  const cancelled = { text: 'Cancelled', active: false, share: null };
  expect(describeRun({ ...run, run_held: 'cancelled' })).toEqual(cancelled);
  expect(describeRun({ ...run, run_status: 'cancelled', run_held: 'cancelled' })).toEqual(cancelled);
  expect(describeRun({ ...paused, run_status: 'done' })?.text).toBe('Ready, 2 problems');
});

test('describeRun: describes how a run ended, and returns null without a run', () => {
  expect(describeRun({ ...run, run_status: 'done' })?.text).toBe('Ready, 2 problems');
  expect(describeRun({ ...run, run_status: 'failed', run_problem: 'The folder is gone.' })?.text).toBe(
    'The folder is gone.',
  );
  expect(describeRun({ ...run, run_status: null })).toBeNull();
});
