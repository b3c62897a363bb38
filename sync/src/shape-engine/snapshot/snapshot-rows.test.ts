import { createTestDatabase } from '@ingesthub/launch/test-database.ts';
import { expect, test } from 'vitest';
import { startEngine, TestReader } from '../testing/test-engine.ts';

/** Every byte that COPY or JSON escapes, and some multi-byte characters. */
const EVERYTHING = `${Array.from({ length: 127 }, (_, index) => String.fromCharCode(index + 1)).join('')}é😀\\N\\.`;

test('SnapshotRows: preserves text with everything that COPY and JSON escape, even in keys', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const { sql } = database;
  await sql`CREATE TABLE texts (a text, b text, note text, PRIMARY KEY (a, b))`;
  const texts = [EVERYTHING, '', '\\N', '/', 'null', '"', '\\', '\t\n\r', 'x'.repeat(2_000_000)];
  for (const [index, text] of texts.entries())
    await sql`INSERT INTO texts VALUES (${text.slice(0, 200)}, ${index}, ${text})`;
  await sql`INSERT INTO texts VALUES ('no', 'note', NULL)`;
  await using engine = await startEngine({ databaseUrl: database.url });
  using reader = new TestReader({ url: engine.url, params: { table: 'texts' } });
  const rows = await reader.until((found) => found.size === texts.length + 1);
  for (const [index, text] of texts.entries()) {
    const key = `"public"."texts"/"${text.slice(0, 200).replaceAll('/', '//')}"/"${index}"`;
    expect(rows.get(key)).toEqual({ a: text.slice(0, 200), b: String(index), note: text });
  }
  expect(rows.get('"public"."texts"/"no"/"note"')).toEqual({ a: 'no', b: 'note', note: null });
  // The same rows as the log reports them.
  await sql`UPDATE texts SET note = note || '!'`;
  await reader.until((found) => [...found.values()].every(({ note }) => note === null || String(note).endsWith('!')));
});

test('identifies rows of a table without a primary key by all columns', async () => {
  await using database = await createTestDatabase({ migrated: false });
  const { sql } = database;
  await sql`CREATE TABLE keyless (a int, b text)`;
  await sql`INSERT INTO keyless VALUES (1, 'x'), (1, NULL), (NULL, 'a/b')`;
  await using engine = await startEngine({ databaseUrl: database.url });
  using reader = new TestReader({ url: engine.url, params: { table: 'keyless' } });
  const prefix = '"public"."keyless"';
  await reader.until((rows) => rows.size === 3);
  expect([...reader.rows.keys()]).toEqual([`${prefix}/"1"/"x"`, `${prefix}/"1"/_`, `${prefix}/_/"a//b"`]);
  await sql`UPDATE keyless SET b = 'y' WHERE b IS NULL`;
  await sql`DELETE FROM keyless WHERE a IS NULL`;
  const rows = await reader.until((found) => found.size === 2 && found.has(`${prefix}/"1"/"y"`));
  expect([...rows.values()]).toEqual([
    { a: 1, b: 'x' },
    { a: 1, b: 'y' },
  ]);
});
