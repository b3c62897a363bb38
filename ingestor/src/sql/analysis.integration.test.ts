import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { analysisAnswers } from './analysis-answers.ts';
import { findCorrections, rememberCorrections } from './corrections.ts';

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
  const jane = { pattern: 'day#/jane', field: 'subject', value: 'JANE' } as const;
  await rememberCorrections(database.sql, [], 'mia');
  await rememberCorrections(database.sql, [jane, { ...jane, field: 'camera', value: 'cam_b' }], 'mia');
  await rememberCorrections(database.sql, [{ ...jane, value: 'JANE_DOE' }], 'tom');
  const found = await findCorrections(database.sql, ['day#/jane', 'elsewhere']);
  expect(found.toSorted((a, b) => (a.field < b.field ? -1 : 1))).toEqual([
    { ...jane, field: 'camera', value: 'cam_b', correctedBy: 'mia', correctedAt: expect.any(Date) },
    { ...jane, value: 'JANE_DOE', correctedBy: 'tom', correctedAt: expect.any(Date) },
  ]);
  expect(await findCorrections(database.sql, [])).toEqual([]);
});
