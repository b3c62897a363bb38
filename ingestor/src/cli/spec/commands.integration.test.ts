import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DaemonProcess, type ProcessEnvironment, runIhub, startDaemon } from '../../testing/ihub-process.ts';
import { makePicture, writeText } from '../../testing/media-files.ts';
import { until } from '../../testing/until.ts';

let database: TestDatabase;
let base: string;
let media: string;
let env: ProcessEnvironment;
let daemon: DaemonProcess;

beforeAll(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-commands-')));
  media = path.join(base, 'media');
  for (const name of ['day_1/a.png', 'day_1/b/c.png', 'day_2/d.png']) {
    await makePicture(path.join(media, name), name.charCodeAt(6));
  }
  await writeText(path.join(media, 'day_1/bad.png'), 'not a picture');
  database = await createTestDatabase();
  env = {
    DATABASE_URL: database.url,
    MEDIA_ROOT_PATHS: media,
    PROXY_DIR: path.join(base, 'derivatives'),
    INIT_CWD: media,
  };
  daemon = startDaemon(env);
  await daemon.ready;
});
afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await rm(base, { recursive: true, force: true });
});

async function ihub(...args: string[]) {
  const { code, stdout, stderr } = await runIhub([...args, '--json'], env);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

async function refused(...args: string[]) {
  const { code, stdout, stderr } = await runIhub([...args, '--json'], env);
  expect(stderr).toMatch(/^ihub: .+\n$/);
  const { error } = JSON.parse(stdout);
  return { code, error: error.code, message: error.message };
}

describe('ihub ingest', () => {
  test('--dry-run reports what would be registered and made, and writes nothing', async () => {
    const document = await ihub('ingest', 'day_1', '--project', 'Demo', '--dry-run', '--skip-proxies');
    expect(document).toMatchObject({
      dry_run: true,
      project: { name: 'Demo', exists: false },
      package: { name: 'day_1', id: null },
      would_register: { new: ['a.png', 'b/c.png', 'bad.png'], changed: [], unchanged: 0, missing: [] },
      would_make: { thumbnails: 3, proxies: 0 },
    });
    const [counted] =
      await database.sql`SELECT (SELECT count(*) FROM projects) + (SELECT count(*) FROM packages) AS count`;
    expect(counted?.['count']).toBe('0');
  });

  test('--dry-run reports where it would link, and links nothing', async () => {
    const datasets = path.join(base, 'datasets');
    await mkdir(path.join(datasets, 'jane_doe'), { recursive: true });
    const args = ['ingest', 'day_2', '--project', 'Demo', '--subject', 'JANE_DOE', '--dry-run', '--json'];
    const { stdout } = await runIhub(args, { ...env, DATASETS_ROOT: datasets });
    expect(JSON.parse(stdout).would_link).toEqual({
      datasets_root: datasets,
      problem: null,
      subjects: [{ subject: 'JANE_DOE', directory: 'jane_doe', problem: null }],
      links: [
        {
          relative_path: 'd.png',
          link: expect.stringMatching(/\/jane_doe\/media\/external\/from_client\/day_2\/visuals\/\w+\/d\.png$/),
        },
      ],
    });
    expect(await readdir(path.join(datasets, 'jane_doe'))).toEqual([]);
  });

  test('--json=lines prints events as they happen, then the report', async () => {
    const { code, stdout, stderr } = await runIhub(['ingest', 'day_1', '--project', 'Demo', '--json=lines'], env);
    expect([code, stderr]).toEqual([0, '']);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.length).toBeGreaterThan(1);
    expect(events.slice(0, -1).every(({ event, run }) => event === 'progress' && typeof run === 'string')).toBe(true);
    expect(events.at(-1)).toMatchObject({
      event: 'result',
      result: { run: { status: 'done' }, assets: { total: 3, with_problems: 1 } },
    });
  });

  test('--no-wait queues the run with every given option, and exits', async () => {
    const started = await ihub(
      'ingest',
      'day_2',
      '--project',
      'Demo',
      '--no-wait',
      '--proxy-height',
      '480',
      '--skip-links',
    );
    expect(started).toMatchObject({ run: { status: 'queued' }, package: { name: 'day_2' }, project: { name: 'Demo' } });
    await until(async () => {
      const [run] = await database.sql`SELECT status FROM runs WHERE id = ${started.run.id}`;
      return run?.['status'] === 'done';
    });
    const [run] = await database.sql`SELECT options, updated_by FROM runs WHERE id = ${started.run.id}`;
    expect(run?.['options']).toMatchObject({ proxy_height: 480, skip_links: true });
  });

  test('prints its document on one line', async () => {
    const { stdout } = await runIhub(['list', 'packages', '--json'], env);
    expect(stdout.trimEnd()).not.toContain('\n');
  });
});

describe('ihub rescan', () => {
  test('rescans all packages, or one folder of one package', async () => {
    expect(await ihub('rescan')).toMatchObject({ runs: [{ run: { status: 'done' } }, { run: { status: 'done' } }] });
    const { runs } = await ihub('rescan', 'day_1', '--below', 'b/', '--force');
    expect(runs).toMatchObject([{ package: { name: 'day_1' }, run: { options: { below: 'b', force: true } } }]);
  });

  test('rescans the folder of a path inside a package', async () => {
    const { runs } = await ihub('rescan', path.join(media, 'day_1/b'));
    expect(runs).toMatchObject([{ package: { name: 'day_1' }, run: { options: { below: 'b' } } }]);
    const file = await ihub('rescan', path.join(media, 'day_1/b/c.png'));
    expect(file.runs).toMatchObject([{ run: { options: { below: 'b' } } }]);
  });

  test.each<[string, string[], number, string]>([
    ['of an unknown package', ['rescan', 'day_9'], 1, 'No package matches day_9'],
    ['outside its package', ['rescan', 'day_1', '--below', '../day_2'], 2, '--below is not valid'],
    ['of a folder without its package', ['rescan', '--below', 'b'], 2, '--below needs a package'],
  ])('rejects a rescan %s', async (_, args, code, message) => {
    expect(await refused(...args)).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});

describe('ihub retry', () => {
  test('retries failed assets only', async () => {
    const { runs } = await ihub('retry', 'day_1');
    const [bad] = await database.sql`SELECT id FROM assets WHERE name = 'bad.png'`;
    expect(runs).toMatchObject([{ run: { status: 'done', options: { asset_ids: [bad?.['id']] } } }]);
    const byPath = await ihub('retry', path.join(media, 'day_1/bad.png'), '--no-wait');
    expect(byPath.runs).toHaveLength(1);
  });

  test('starts nothing when no asset failed, and fails for an unknown asset', async () => {
    expect(await ihub('retry', path.join(media, 'day_1/a.png'))).toEqual({ runs: [] });
    expect(await refused('retry', path.join(media, 'day_1/z.png'))).toMatchObject({ code: 1, error: 'not_found' });
  });
});

test('ihub status reports ingestors, roots, runs, waiting work and problems', async () => {
  expect(await ihub('status')).toMatchObject({
    ingestors: [{ alive: true, media_roots: [media], problem: null }],
    roots: expect.any(Array),
    runs: { failed: 0, cancelled: 0 },
    active_runs: expect.any(Array),
    queues: expect.any(Object),
    assets: { total: 4, with_problems: 1 },
    problems: expect.any(Array),
  });
});

test('ihub list runs lists the latest runs with their ids', async () => {
  const { runs } = await ihub('list', 'runs');
  expect(runs.length).toBeGreaterThan(5);
  expect(runs[0]).toMatchObject({ id: expect.any(String), project: 'Demo' });
});
