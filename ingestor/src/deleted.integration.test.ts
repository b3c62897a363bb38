import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DaemonProcess, type ProcessEnvironment, runIhub, startDaemon } from './testing/ihub-process.ts';
import { makePicture } from './testing/media-files.ts';

let database: TestDatabase;
let base: string;
let env: ProcessEnvironment;
let daemon: DaemonProcess;

beforeAll(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-deleted-')));
  for (const name of ['day_1/a.png', 'day_1/b.png', 'day_1/c.png', 'day_2/d.png'])
    await makePicture(path.join(base, 'media', name), name.charCodeAt(6));
  database = await createTestDatabase();
  env = {
    DATABASE_URL: database.url,
    MEDIA_ROOT_PATHS: path.join(base, 'media'),
    PROXY_DIR: path.join(base, 'derivatives'),
    INIT_CWD: path.join(base, 'media'),
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

test('ihub ingest keeps deleted assets deleted, and omits them from lists', async () => {
  const { sql } = database;
  await ihub('ingest', 'day_1', '--project', 'Demo');
  await sql`UPDATE assets SET deleted_at = now(), deleted_by = 'ada' WHERE name = 'b.png'`;
  await makePicture(path.join(base, 'media/day_1/b.png'), 9, { width: 30, height: 40 });
  const report = await ihub('ingest', 'day_1', '--project', 'Demo');
  expect(report).toMatchObject({ assets: { total: 2 }, run: { status: 'done', assets_registered: 2 } });
  const rows = await sql`SELECT name, width, deleted_by FROM assets ORDER BY name`;
  expect([...rows]).toMatchObject([{ deleted_by: null }, { name: 'b.png', deleted_by: 'ada' }, { deleted_by: null }]);
  expect(await ihub('list', 'packages')).toMatchObject({ packages: [{ assets: 2 }] });
  expect(await ihub('status')).toMatchObject({ assets: { total: 2 } });
});

test('ihub ingest restores a deleted package, with its reviews, when its folder is ingested', async () => {
  const { sql } = database;
  await sql`UPDATE assets SET review_status = 'approved' WHERE name = 'a.png'`;
  const [before] = await sql`UPDATE packages SET deleted_at = now(), deleted_by = 'ada' RETURNING id`;
  expect(await ihub('list', 'packages')).toEqual({ packages: [] });
  expect(await ihub('list', 'projects')).toMatchObject({ projects: [{ packages: 0, assets: 0 }] });
  const report = await ihub('ingest', 'day_1', '--project', 'Demo');
  expect(report.package).toMatchObject({ id: before?.['id'], status: 'ready' });
  const [restored] = await sql`
    SELECT packages.deleted_at, packages.deleted_by, review_status
    FROM packages JOIN assets ON package_id = packages.id WHERE assets.name = 'a.png'`;
  expect(restored).toEqual({ deleted_at: null, deleted_by: null, review_status: 'approved' });
});

test('ihub ingest creates a new project for a deleted project’s name', async () => {
  await database.sql`UPDATE projects SET deleted_at = now(), deleted_by = 'ada'`;
  expect(await ihub('list', 'packages')).toEqual({ packages: [] });
  const report = await ihub('ingest', 'day_1', '--project', 'demo');
  expect(report.assets.total).toBe(3);
  expect(await ihub('list', 'projects')).toMatchObject({ projects: [{ name: 'demo', packages: 1, assets: 3 }] });
});

test('ihub ingest fills a package that a person created for the folder, and keeps its settings', async () => {
  const { sql } = database;
  const [delivery, subject] = [uuid(), uuid()];
  const [project] = await sql`SELECT id FROM projects WHERE deleted_at IS NULL`;
  await sql`INSERT INTO subjects (id, project_id, name) VALUES (${subject}, ${project?.['id']}, 'ada')`;
  await sql`
    INSERT INTO packages (id, project_id, subject_id, name, type, source_path)
    VALUES (${delivery}, ${project?.['id']}, ${subject}, 'Second day', 'vfx', ${path.join(base, 'media/day_2')})`;
  const report = await ihub('ingest', 'day_2', '--project', 'Demo');
  expect(report).toMatchObject({
    package: { id: delivery, name: 'Second day', type: 'vfx', status: 'ready' },
    assets: { total: 1 },
  });
  const subjects = await sql`
    SELECT packages.subject_id FROM packages JOIN packages_subjects
      ON package_id = packages.id AND packages_subjects.subject_id = packages.subject_id
    WHERE packages.id = ${delivery}`;
  expect([...subjects]).toEqual([{ subject_id: subject }]);
});
