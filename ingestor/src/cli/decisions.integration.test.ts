/** Decisions are rows: no ingestor has to run. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runIhub } from '../testing/ihub-process.ts';

let database: TestDatabase;
let base: string;
const project = uuid();
const [packageA, packageB, other, run] = [uuid(), uuid(), uuid(), uuid()] as const;

beforeAll(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-decisions-')));
  database = await createTestDatabase();
  const { sql } = database;
  await sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'Demo', 'vfx')`;
  for (const [id, name] of [
    [packageA, 'day_1'],
    [packageB, 'Day_1'],
    [other, 'night'],
  ] as const) {
    await sql`
      INSERT INTO packages (id, project_id, name, type, source_path)
      VALUES (${id}, ${project}, ${name}, 'vfx', ${`${base}/${id}/${name}`})`;
  }
  await sql`INSERT INTO runs (id, project_id, package_id) VALUES (${run}, ${project}, ${other})`;
  await sql`
    INSERT INTO incoming (id, source_path, name, status, proposal)
    VALUES (${uuid()}, ${`${base}/new_1`}, 'new_1', 'proposed', '{"type":"vfx","confidence":0.9}'),
      (${uuid()}, ${`${base}/gone`}, 'gone', 'gone', NULL)`;
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(base, { recursive: true });
});

async function ihub(...args: string[]) {
  const result = await runIhub([...args, '--json'], {
    DATABASE_URL: database.url,
    INIT_CWD: base,
    IHUB_DATA_DIR: base,
  });
  return { code: result.code, ...JSON.parse(result.stdout) };
}

describe('ihub pause, resume and cancel', () => {
  test('pauses, resumes and cancels a run', async () => {
    expect(await ihub('pause', 'night')).toMatchObject({ code: 0, runs: [{ id: run, held: 'paused' }] });
    expect(await ihub('resume', run)).toMatchObject({ code: 0, runs: [{ held: null }] });
    expect(await ihub('cancel', `${base}/${other}/night`)).toMatchObject({ code: 0, runs: [{ held: 'cancelled' }] });
    const [row] = await database.sql`SELECT updated_by FROM runs`;
    expect(row?.['updated_by']).not.toMatch(/system|ingestor/);
  });

  test('fail when no run matches or the run has ended', async () => {
    expect(await ihub('pause', packageA)).toMatchObject({ code: 1, error: { code: 'not_found' } });
    expect(await ihub('pause', uuid())).toMatchObject({ code: 1, error: { code: 'not_found' } });
    await database.sql`UPDATE runs SET status = 'done'`;
    expect(await ihub('cancel', run)).toMatchObject({ code: 1, error: { code: 'conflict' } });
  });

  test('fail for a name that two packages share, unless its case matches exactly one', async () => {
    const { code, error } = await ihub('pause', 'DAY_1');
    expect([code, error.code]).toEqual([1, 'conflict']);
    expect(error.message).toContain(packageA);
    expect(error.message).toContain(packageB);
    expect((await ihub('pause', 'day_1')).error.message).toBe('day_1 has no unfinished run.');
  });
});

describe('ihub accept and dismiss', () => {
  test('accept sets the folder’s project, and creates the project when it is missing', async () => {
    expect(await ihub('accept', 'new_1')).toMatchObject({ code: 1, error: { code: 'invalid_arguments' } });
    expect(await ihub('accept', 'new_1', '--project', 'Fresh')).toMatchObject({
      code: 0,
      incoming: { decision: 'accepted', project: 'Fresh' },
    });
    const [made] = await database.sql`SELECT type FROM projects WHERE name = 'Fresh'`;
    expect(made?.['type']).toBe('vfx');
  });

  test('accept takes a dismissed folder, but not one that is gone', async () => {
    expect(await ihub('dismiss', `${base}/new_1`)).toMatchObject({ code: 0, incoming: { decision: 'dismissed' } });
    expect(await ihub('accept', 'new_1')).toMatchObject({ code: 0, incoming: { decision: 'accepted' } });
    expect(await ihub('accept', 'gone', '--project', 'P')).toMatchObject({ code: 1, error: { code: 'not_found' } });
    expect(await ihub('dismiss', 'unknown')).toMatchObject({ code: 1, error: { code: 'not_found' } });
  });

  test('ihub list incoming shows the folders that await a decision', async () => {
    const { incoming } = await ihub('list', 'incoming');
    expect(incoming).toHaveLength(2);
    expect(incoming).toContainEqual(
      expect.objectContaining({ source_path: `${base}/new_1`, type: 'vfx', confidence: 0.9, project: 'Fresh' }),
    );
  });
});

test('ihub rescan --no-wait queues a run when no ingestor is running', async () => {
  expect(await ihub('rescan', 'night', '--no-wait')).toMatchObject({ code: 0, runs: [{ run: { status: 'queued' } }] });
});

describe('ihub doctor', () => {
  test('reports every check, and exits with 1 when one failed', async () => {
    const { code, ok, checks } = await ihub('doctor');
    expect([code, ok]).toEqual([0, true]);
    expect(checks).toContainEqual(expect.objectContaining({ check: 'database', status: 'ok' }));
    expect(checks).toContainEqual(expect.objectContaining({ check: 'ffmpeg', status: 'ok' }));
    const env = {
      DATABASE_URL: 'postgres://ihub:secret@127.0.0.1:9/x',
      IHUB_DATA_DIR: base,
      MEDIA_ROOT_PATHS: '/nope',
    };
    const result = await runIhub(['doctor'], env);
    expect(result.code).toBe(1);
    expect(result.stdout).toMatch(/^failed {3}media root: \/nope does not exist/m);
    expect(result.stdout).toMatch(/^failed {3}database: .* does not answer/m);
    expect(result.stdout + result.stderr).not.toContain('secret');
  });
});
