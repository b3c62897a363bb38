import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyMutation } from './apply-mutation.ts';
import { checkMutation } from './check-request.ts';

let database: TestDatabase;
const project = uuid();

beforeAll(async () => {
  database = await createTestDatabase();
  await database.sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'Demo', 'vfx')`;
});
afterAll(() => database[Symbol.asyncDispose]());

function apply(name: string, args: unknown) {
  return applyMutation(
    { sql: database.sql, client: uuid(), actor: 'local' },
    checkMutation({ id: uuid(), name, args }),
  );
}

async function runOf(source_path: string) {
  const id = uuid();
  const set = { name: source_path, type: 'vfx', project_id: project, source_path };
  expect(await apply('packages.create', { ids: [id], set })).toMatchObject({ status: 'applied' });
  return apply('runs.create', { ids: [uuid()], set: { project_id: project, package_id: id } });
}

test('rejects a run of a folder that no ingestor reads, and accepts one for an absent or future ingestor', async () => {
  expect(await runOf('/mnt/early/a')).toMatchObject({ status: 'applied' });
  await database.sql`
    INSERT INTO ingestors (host, pid, version, media_roots, tools, seen_at)
    VALUES ('nas', 1, '1', ARRAY['/mnt/nas'], '{}', now() - interval '1 day')`;
  expect(await runOf('/mnt/nas/a')).toMatchObject({ status: 'applied' });
  expect(await runOf('/mnt/nas2/a')).toMatchObject({
    status: 'rejected',
    error: { code: 'invalid_arguments', message: expect.stringContaining('No ingestor reads /mnt/nas2/a') },
  });
});

test('treats two spellings of a folder as one package', async () => {
  expect(await runOf('/mnt/nas/same')).toMatchObject({ status: 'applied' });
  for (const source_path of ['/mnt/nas/same/.', '/mnt/nas//same', '/mnt/nas/b/../same']) {
    const set = { name: 'Again', type: 'vfx', project_id: project, source_path };
    expect(await apply('packages.create', { ids: [uuid()], set })).toMatchObject({
      status: 'rejected',
      error: { code: 'conflict' },
    });
  }
});
