import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HostHealth } from './host-health.ts';

test('HostHealth pauses work while the disk of the database is full, and reports its words', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-health-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const over = new AbortController();
  onTestFinished(() => over.abort());
  const told: (string | null)[] = [];
  let full: string | null = null;
  const health = new HostHealth({
    folder,
    reserve: 0,
    databaseDisk: { problem: async () => full },
    signal: over.signal,
    onChange: (problem) => told.push(problem),
  });
  await health.check();
  expect([health.problem, health.databaseProblem, await health.ready(0)]).toEqual([null, null, true]);
  full = 'The disk of the database has no room.';
  await health.check();
  expect([health.problem, health.databaseProblem, await health.ready(0)]).toEqual([full, full, false]);
  expect(told).toEqual([full]);
  full = null;
  await health.check();
  expect(health.databaseProblem).toBeNull();
  await expect.poll(() => told, { timeout: 10_000 }).toEqual(['The disk of the database has no room.', null]);
  expect(await health.ready(0)).toBe(true);
});

test('HostHealth leaves no file behind, not even that of a check that was killed', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'ihub-health-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, '.room'), '');
  const health = new HostHealth({ folder, reserve: 0, signal: new AbortController().signal, onChange: () => {} });
  await health.check();
  expect(health.problem).toBeNull();
  expect(await readdir(folder)).toEqual([]);
});
