/** The where's two sides, SQL and JS, held against Postgres' own reading of the text, on random conditions. */
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../connection.ts';
import { loadTables, type TableColumn } from '../table.ts';
import { canonicaliseWith } from './canonicalise.ts';
import { compileWhere } from './compile-where.ts';
import { expression as expressionSchema } from './expression.ts';
import { parseWhere } from './parse-where.ts';
import { LITERALS, randomWhere, randomWith, VALUES } from './random-where.ts';
import { whereColumns } from './where-columns.ts';
import { whereSql } from './where-sql.ts';

const CONDITIONS = 3_000;
const ROWS = 120;
const SEED = 20_261_122;

let database: TestDatabase;
let sql: Sql;
let columns: readonly TableColumn[];

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  sql = connect(database.url, { max: 1 });
  // Its order is that of the bytes, its ILIKE folds all letters: what a where means on every server.
  const collate = 'COLLATE pg_c_utf8';
  const types: Record<string, string> = { mood: 'mood', text: `text ${collate}`, varchar: `varchar(12) ${collate}` };
  types['bpchar'] = `char(5) ${collate}`;
  const fields = Object.keys(VALUES).flatMap((type) => ['a', 'b'].map((n) => `${n}_${type} ${types[type] ?? type}`));
  await sql.unsafe(`CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s \\ fine')`);
  await sql.unsafe(`CREATE TABLE everything (id int PRIMARY KEY, ${fields.join(', ')})`);
  const random = randomWith(SEED);
  const rows = Array.from({ length: ROWS }, (_, id) => {
    const texts = Object.entries(VALUES).flatMap(([type, values]) =>
      [0, 1].map(() => (random() < 0.15 ? 'NULL' : `${random.literal(values)}::${type}`)),
    );
    return `(${[id, ...texts].join(', ')})`;
  });
  await sql.unsafe(`INSERT INTO everything VALUES ${rows.join(', ')}`);
  const [table] = await loadTables(sql, 'none', [{ schema: 'public', name: 'everything' }]);
  columns = table?.columns ?? [];
});
afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

test("compileWhere, whereSql: hold for the rows for which Postgres says the request's text does", async () => {
  const rows = await logged();
  const random = randomWith(SEED);
  const conditions = Array.from({ length: CONDITIONS }, () => randomWhere(random));
  let holding = 0;
  for (let start = 0; start < conditions.length; start += 100) {
    const batch = conditions.slice(start, start + 100);
    const expressions = await Promise.all(
      batch.map((where) => parseWhere(where, { columns, params: new Map(), canonicalise: canonicaliseWith(sql) })),
    );
    const places = (name: string) => columns.findIndex((column) => column.name === name);
    const [byText, bySql] = await Promise.all([matching(batch), matching(expressions.map(whereSql))]);
    expressions.forEach((expression, index) => {
      const predicate = compileWhere(expression, places);
      const byLog = rows.flatMap((row, id) => (predicate({ value: (place) => row[place] ?? null }) ? [id] : []));
      expect({ where: batch[index], ids: byLog }).toEqual({ where: batch[index], ids: byText[index] });
      expect({ where: batch[index], ids: bySql[index] }).toEqual({ where: batch[index], ids: byText[index] });
      expect(expressionSchema.parse(JSON.parse(JSON.stringify(expression)))).toEqual(expression);
      for (const name of whereColumns(expression)) expect(batch[index]).toContain(name);
      if (byLog.length > 0 && byLog.length < ROWS) holding++;
    });
  }
  // Conditions that hold for all rows or none would prove little.
  expect(holding).toBeGreaterThan(CONDITIONS / 2);
  expect(Object.keys(LITERALS)).toEqual(Object.keys(VALUES));
});

/** The rows as the log has them, in the order of their ids. */
async function logged(): Promise<(string | null)[][]> {
  const texts = columns.map(({ name }) => `CASE WHEN "${name}" IS NOT NULL THEN format('%s', "${name}") END`);
  const rows = await sql.unsafe(`SELECT json_build_array(${texts.join(', ')}) AS row FROM everything ORDER BY id`);
  return rows.map((row) => row['row'] as (string | null)[]);
}

/** For each condition, ids of the rows for which it is true. */
async function matching(conditions: readonly string[]): Promise<number[][]> {
  const selects = conditions.map(
    (condition, index) =>
      `SELECT ${index} AS place, coalesce(json_agg(id ORDER BY id), '[]') AS ids FROM everything WHERE ${condition}`,
  );
  const rows = await sql.unsafe(`${selects.join('\nUNION ALL ')}\nORDER BY place`);
  return rows.map((row) => row['ids'] as number[]);
}
