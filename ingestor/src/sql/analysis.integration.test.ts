import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { analysisAnswers } from './analysis-answers.ts';
import { transaction } from './client.ts';
import { findCorrections, likelyProject, rememberCorrections } from './corrections.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

test('analysisAnswers returns an answer exactly as it was stored', async () => {
  const answers = analysisAnswers(database.sql);
  expect(await answers.get('a')).toBe(null);
  const text = '{"files":[{"path":"Zoë\\u0000\\n.mov"}]}';
  await answers.put('a', { text: '{}', model: 'm', tokens: { prompt: 1, output: 1 } });
  await answers.put('a', { text, model: 'm', tokens: { prompt: null, output: 7 } });
  expect(await answers.get('a')).toBe(text);
  expect(await database.sql`SELECT model, prompt_tokens, output_tokens FROM analysis_answers`).toEqual([
    { model: 'm', prompt_tokens: null, output_tokens: 7 },
  ]);
});

test('rememberCorrections keeps the latest correction of a folder and a field', async () => {
  const jane = { kind: 'folder_subject', name: 'day#/jane', value: 'JANE' } as const;
  const camera = { ...jane, kind: 'folder_camera', value: 'cam_b' } as const;
  const remember = (corrections: Parameters<typeof rememberCorrections>[1], actor: string) =>
    transaction(database.sql, (session) => rememberCorrections(session, corrections, actor));
  await remember([], 'mia');
  await remember([jane, camera], 'mia');
  await remember([{ ...jane, value: 'JANE_DOE' }], 'tom');
  const said = { projectId: null, correctedAt: expect.any(Date) };
  const found = await findCorrections(database.sql, { patterns: ['day#/jane', 'elsewhere'], projectId: null });
  expect(found.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual([
    { ...camera, ...said, correctedBy: 'mia' },
    { ...jane, ...said, value: 'JANE_DOE', correctedBy: 'tom' },
  ]);
  expect(await findCorrections(database.sql, { patterns: [], projectId: null })).toEqual([]);
});

test('findCorrections returns those of names for the studio and for the project that packages beside the folder have', async () => {
  const { sql } = database;
  const [project, other] = [uuid(), uuid()];
  await sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'Night', 'atman'), (${other}, 'Day', 'atman')`;
  await sql`
    INSERT INTO packages (id, project_id, name, type, source_path)
    VALUES (${uuid()}, ${project}, 'one', 'atman', '/in/night/one'), (${uuid()}, ${other}, 'two', 'atman', '/in/both/two'),
      (${uuid()}, ${project}, 'three', 'atman', '/in/both/three')`;
  await sql`
    INSERT INTO corrections (id, project_id, kind, name, value)
    VALUES (${uuid()}, ${project}, 'person', 'JD', 'Jane Doe'), (${uuid()}, NULL, 'generic', 'ROYAL', NULL)`;
  const namesFor = async (folder: string) => {
    const projectId = await likelyProject(sql, folder);
    return (await findCorrections(sql, { patterns: [], projectId })).map(({ name }) => name).toSorted();
  };
  expect(await namesFor('/in/night/next')).toEqual(['JD', 'ROYAL']);
  expect(await namesFor('/in/both/next')).toEqual(['ROYAL']);
  await sql`
    INSERT INTO incoming (id, source_path, name, project_id) VALUES (${uuid()}, '/in/both/next', 'next', ${project})`;
  expect(await namesFor('/in/both/next')).toEqual(['JD', 'ROYAL']);
});
