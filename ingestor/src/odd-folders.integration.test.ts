/** Folders that do not exist, have several names, or are read by no ingestor. */
import { symlink } from 'node:fs/promises';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runIhub } from './testing/ihub-process.ts';
import { TestLibrary } from './testing/library.ts';
import { until } from './testing/until.ts';

let library: TestLibrary;
let packageId: string;

beforeAll(async () => {
  library = await TestLibrary.make({ IHUB_WATCH: 'off' });
  await library.start();
  await library.pictures('day/one', 'a.png');
  packageId = await library.ingest('day');
});
afterAll(() => library[Symbol.asyncDispose]());

test('every spelling of a folder is the same package', async () => {
  for (const spelling of ['day/.', 'day//one/..']) {
    expect(await library.ingest(spelling)).toBe(packageId);
  }
});

test('a rescan of a missing subfolder fails, and leaves the package ready', async () => {
  const { code, stdout } = await runIhub(['rescan', 'day', '--below', 'two', '--json'], library.env);
  expect(code).toBe(1);
  expect(JSON.parse(stdout).runs[0].run).toMatchObject({
    status: 'failed',
    problem: expect.stringContaining('This package has no folder two'),
  });
  expect(await library.package(packageId)).toMatchObject({ status: 'ready', problem: null });
  expect((await library.assets(packageId)).map(({ missing }) => missing)).toEqual([false]);
});

/** Ingests a typed path as a browser does, without a command that resolves it. @returns the run once it has ended. */
async function ended(folder: string) {
  const [project] = await library.sql<{ id: string }[]>`SELECT id FROM projects`;
  const [id, run] = [uuid(), uuid()];
  await library.sql`
    INSERT INTO packages (id, project_id, name, type, source_path)
    VALUES (${id}, ${project?.id ?? ''}, ${folder}, 'vfx', ${folder})`;
  await library.sql`INSERT INTO runs (id, project_id, package_id) VALUES (${run}, ${project?.id ?? ''}, ${id})`;
  const row = await until(async () => {
    const [found] = await library.sql`SELECT status, problem FROM runs WHERE id = ${run} AND finished_at IS NOT NULL`;
    return found ?? null;
  });
  return { ...row, folder: (await library.package(id))['source_path'] };
}

test('a folder that is named through a link becomes one package with its real path', async () => {
  await library.pictures('linked/deep', 'b.png');
  await symlink('linked', library.at('link'));
  expect(await ended(library.at('link/deep'))).toEqual({
    ...{ status: 'done', problem: null },
    folder: library.at('linked/deep'),
  });
  await symlink(library.at('day'), library.at('again'));
  expect(await ended(library.at('again'))).toMatchObject({
    status: 'failed',
    problem: expect.stringContaining(
      `is the folder ${library.at('day')}, which is already another package of this project`,
    ),
  });
  await symlink(library.base, library.at('out'));
  expect(await ended(library.at('out'))).toMatchObject({
    status: 'failed',
    problem: expect.stringContaining('outside the media roots'),
  });
});

test('a folder is found when its name is typed composed and stored decomposed', async () => {
  await library.pictures('Cafe\u0301', 'c.png');
  expect(await ended(library.at('Caf\u00e9'))).toMatchObject({ status: 'done', folder: library.at('Cafe\u0301') });
});

test('a run that no ingestor can take names the one it waits for, or reports that none reads its folder', async () => {
  const [project] = await library.sql<{ id: string }[]>`SELECT id FROM projects`;
  await library.sql`
    INSERT INTO ingestors (host, pid, version, media_roots, tools, seen_at)
    VALUES ('nas-2', 1, '1', ARRAY['/mnt/nas-2'], '{}', now() - interval '1 day')`;
  const problemOf = async (folder: string) => {
    const [made, run] = [uuid(), uuid()];
    await library.sql`
      INSERT INTO packages (id, project_id, name, type, source_path)
      VALUES (${made}, ${project?.id ?? ''}, ${folder}, 'vfx', ${folder})`;
    await library.sql`INSERT INTO runs (id, project_id, package_id) VALUES (${run}, ${project?.id ?? ''}, ${made})`;
    return until(async () => {
      const [row] = await library.sql<{ problem: string | null }[]>`SELECT problem FROM runs WHERE id = ${run}`;
      return row?.problem ?? null;
    });
  };
  expect(await problemOf('/mnt/nas-2/a')).toBe('Waiting for the ingestor on nas-2, which is not running.');
  expect(await problemOf('/mnt/other/a')).toContain('no ingestor reads /mnt/other/a');
});
