import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runIhub } from '../testing/ihub-process.ts';

let database: TestDatabase;
let base: string;
const project = uuid();

beforeAll(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-corrections-')));
  for (const file of ['one/unit_x/zibq_1.mov', 'one/sound/mix.wav', 'two/unit_y/zibq_2.mov', 'two/unit_y/plain.mov']) {
    await mkdir(path.dirname(path.join(base, file)), { recursive: true });
    await writeFile(path.join(base, file), 'x');
  }
  database = await createTestDatabase();
  await database.sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'Night', 'atman')`;
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(base, { recursive: true });
});

async function ihub(...args: string[]) {
  const env = { DATABASE_URL: database.url, MEDIA_ROOT_PATHS: base, INIT_CWD: base, IHUB_DATA_DIR: base };
  const { code, stdout } = await runIhub([...args, '--json'], env);
  return { code, ...JSON.parse(stdout) };
}
async function subjectsOf(folder: string): Promise<Record<string, string>> {
  const { assets } = await ihub('scan', folder);
  return Object.fromEntries(
    assets.map((asset: { relative_path: string; subject: string }) => [asset.relative_path, asset.subject]),
  );
}

test('a correction of one proposal applies to a similar folder until it is removed', async () => {
  const entry = { path: 'unit_x/', subject: 'shared', camera: 'cam_a', asset_type: 'raw', files: 1 };
  const proposal = { source: 'rules', confidence: 0.5, signals: {}, evidence: [], entries: [entry] };
  await database.sql`
    INSERT INTO incoming (id, source_path, name, status, project_id, proposal, placements)
    VALUES (
      ${uuid()}, ${`${base}/one`}, 'one', 'proposed', ${project}, ${database.sql.json(proposal)},
      ${database.sql.json([
        { ...entry, path: 'unit_x/zibq_1.mov', subject: 'Jane Doe' },
        { ...entry, files: 0 },
      ])}
    ), (
      ${uuid()}, ${`${base}/two`}, 'two', 'proposed', NULL,
      ${database.sql.json({ ...proposal, entries: [{ ...entry, path: 'unit_y/zibq_2.mov' }] })}, NULL
    )`;
  const { suggestions } = await ihub('corrections', 'suggest');
  expect(suggestions).toEqual([
    expect.objectContaining({ delivery: 'one', kind: 'person', name: 'zibq', value: 'Jane Doe' }),
  ]);
  const said = ['corrections', 'add', '--person', 'zibq', '--is', 'Jane Doe', '--studio'];
  expect(await ihub(...said, '--dry-run')).toMatchObject({
    code: 0,
    kept: false,
    applies: { files: 2, changed: 1, deliveries: 2, examples: ['two/unit_y/zibq_2.mov', 'one/unit_x/zibq_1.mov'] },
  });

  const { code, correction } = await ihub(...said);
  expect([code, correction]).toEqual([0, expect.objectContaining({ kind: 'person', project: null })]);
  expect(await subjectsOf('two')).toEqual({ 'unit_y/plain.mov': 'shared', 'unit_y/zibq_2.mov': 'Jane Doe' });

  const edited = await ihub('corrections', 'edit', '--id', correction.id, '--is', 'Zib Quor', '--project', 'night');
  expect(edited).toMatchObject({ code: 0, correction: { value: 'Zib Quor' }, applies: { files: 1, changed: 1 } });
  expect((await ihub('corrections', 'list', '--project', 'Night')).corrections).toMatchObject([
    { id: correction.id, value: 'Zib Quor', project: 'Night' },
  ]);
  await database.sql`UPDATE incoming SET project_id = ${project} WHERE name = 'two'`;
  expect((await subjectsOf('two'))['unit_y/zibq_2.mov']).toBe('Zib Quor');

  expect(await ihub('corrections', 'remove', '--id', correction.id)).toMatchObject({ removed: { id: correction.id } });
  expect((await subjectsOf('two'))['unit_y/zibq_2.mov']).toBe('shared');
});

test('ihub corrections explains what is missing or wrong', async () => {
  expect(await ihub('corrections', 'add', '--camera', 'KARL', '--is', 'B', '--studio')).toMatchObject({
    code: 1,
    error: {
      code: 'invalid_arguments',
      message: 'The correction is not valid: a camera is written cam_a, cam_2 or cam_left.',
    },
  });
  expect(await ihub('corrections', 'remove', '--id', uuid())).toMatchObject({ code: 1, error: { code: 'not_found' } });
});
