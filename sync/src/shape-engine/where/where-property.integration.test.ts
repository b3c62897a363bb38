/** Compares both forms of a where, SQL and JS, with Postgres' own interpretation of the text, on random conditions. */
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import type { Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../postgres/connection.ts';
import { loadTables, type TableColumn } from '../postgres/table.ts';
import { canonicaliseWith } from './canonicalise.ts';
import { compileWhere } from './compile-where.ts';
import { type Expression, expression as stored } from './expression.ts';
import { parseWhere } from './parse-where.ts';
import { type Random, randomWhere, randomWith, VALUES } from './random-where.ts';
import { whereColumns } from './where-columns.ts';
import { whereSql } from './where-sql.ts';

const CONDITIONS = 2_000;
const BATCH = 100;
const ROWS = 100;
const SEED = 20_261_122;

let database: TestDatabase;
let sql: Sql;
let columns: readonly TableColumn[];

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  sql = connect(database.url, { max: 1 });
  // Sorts by bytes, and ILIKE folds all letters: the meaning of a where on every server.
  const collate = 'COLLATE pg_c_utf8';
  const types: Record<string, string> = { mood: 'mood', text: `text ${collate}`, varchar: `varchar(12) ${collate}` };
  types['bpchar'] = `char(5) ${collate}`;
  const fields = Object.keys(VALUES).flatMap((type) => ['a', 'b'].map((n) => `${n}_${type} ${types[type] ?? type}`));
  await sql.unsafe(`CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s \\ fine')`);
  await sql.unsafe(`CREATE TABLE everything (id int PRIMARY KEY, ${fields.join(', ')})`);
  const random = randomWith(SEED);
  const rows = Array.from({ length: ROWS }, (_, id) => {
    const fields = Object.entries(VALUES).flatMap(([type, values]) =>
      [0, 1].map(() => (random() < 0.15 ? 'NULL' : `${random.literal(values)}::${type}`)),
    );
    return `(${[id, ...fields].join(', ')})`;
  });
  await sql.unsafe(`INSERT INTO everything VALUES ${rows.join(', ')}`);
  // The same rows under collations with other orders and equalities, which a where's SQL must ignore.
  await sql.unsafe(`CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)`);
  await sql.unsafe(`CREATE TABLE elsewhere (LIKE everything)`);
  const texts = ['text', 'varchar', 'bpchar'].flatMap((type) => [`a_${type}`, `b_${type}`]);
  const recollate = texts.map(
    (name) => `ALTER ${name} TYPE ${types[name.slice(2)]?.replace(collate, 'COLLATE loose')}`,
  );
  await sql.unsafe(`ALTER TABLE elsewhere ${recollate.join(', ')}`);
  await sql.unsafe('INSERT INTO elsewhere SELECT * FROM everything');
  const [table] = await loadTables(sql, 'none', [{ schema: 'public', name: 'everything' }]);
  columns = table?.columns ?? [];
});
afterAll(async () => {
  await sql.end();
  await database[Symbol.asyncDispose]();
});

test("compileWhere, whereSql: match the rows that Postgres matches by the request's text", async () => {
  const rows = await logged();
  const random = randomWith(SEED);
  const placeOf = (name: string) => columns.findIndex((column) => column.name === name);
  let telling = 0;
  for (let start = 0; start < CONDITIONS; start += BATCH) {
    const read = await Promise.all(Array.from({ length: BATCH }, () => readRandom(random)));
    const cases = read.filter((one) => one !== null);
    const statements = cases.map(({ expression }) => whereSql(expression));
    const byText = await matching(cases.map(({ where }) => where));
    const byLog = cases.map(({ expression }) => {
      const holds = compileWhere(expression, placeOf);
      return rows.flatMap((row, id) => (holds({ value: (place) => row[place] ?? null }) ? [id] : []));
    });
    const named = (ids: number[][]) => cases.map(({ where }, index) => ({ where, ids: ids[index] }));
    expect(named(byLog)).toEqual(named(byText));
    expect(named(await matching(statements))).toEqual(named(byText));
    expect(named(await matching(statements, 'elsewhere'))).toEqual(named(byText));
    telling += byText.filter((ids) => ids.length > 0 && ids.length < ROWS).length;
    for (const { where, expression } of cases) {
      expect(JSON.stringify(stored.parse(JSON.parse(JSON.stringify(expression))))).toBe(JSON.stringify(expression));
      expect(whereColumns(expression).filter((name) => !where.includes(name))).toEqual([]);
    }
  }
  // Conditions true for all rows or for none prove little.
  expect(telling).toBeGreaterThan(CONDITIONS / 2);
});

/** @returns null for a rejected condition, which Postgres must reject as well. */
async function readRandom(random: Random): Promise<{ where: string; expression: Expression } | null> {
  const where = randomWhere(random);
  try {
    const context = { columns, params: new Map<number, string>(), canonicalise: canonicaliseWith(sql) };
    return { where, expression: await parseWhere(where, context) };
  } catch (error) {
    await expect(matching([where]), `${where}: ${error}`).rejects.toThrow();
    return null;
  }
}

/** Returns the rows in the log's form, ordered by id. */
async function logged(): Promise<(string | null)[][]> {
  const texts = columns.map(({ name }) => `CASE WHEN "${name}" IS NOT NULL THEN format('%s', "${name}") END`);
  const rows = await sql.unsafe(`SELECT json_build_array(${texts.join(', ')}) AS row FROM everything ORDER BY id`);
  return rows.map((row) => row['row'] as (string | null)[]);
}

/** Returns the ids of the matching rows for each condition. */
async function matching(conditions: readonly string[], table = 'everything'): Promise<number[][]> {
  const truths = conditions.map((condition) => `(${condition}) IS TRUE`);
  const rows = await sql.unsafe(`SELECT ${truths.join(',\n')} FROM ${table} ORDER BY id`).values();
  return conditions.map((_, index) => rows.flatMap((row, id) => (row[index] === true ? [id] : [])));
}
