/** Text forms of values of the common types: cast to text in a snapshot, written by their output function in the log. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContractTarget, targets } from './contract-target.ts';
import { Conversation, changesOf } from './conversation.ts';

interface Example {
  readonly type: string;
  readonly sql: string;
  readonly text: string;
  /** Form in the log, where it differs from a cast to text. */
  readonly logged?: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

const plain = (type: string, sql: string, text: string): Example => ({ type, sql, text, schema: { type } });

/** Examples by column. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  a_bool: { type: 'bool', sql: 'true', text: 'true', logged: 't', schema: { type: 'bool' } },
  a_bools: { ...plain('bool[]', '{true,NULL,false}', '{t,NULL,f}'), schema: { type: 'bool', dims: 1 } },
  a_bit: { ...plain('bit(3)', '101', '101'), schema: { type: 'bit', length: 3 } },
  a_bytea: plain('bytea', '\\xDEAD00', '\\xdead00'),
  // A cast to text would strip its blanks.
  a_char: { type: 'char(4)', sql: 'ab', text: 'ab  ', schema: { type: 'bpchar', length: 4 } },
  a_date: plain('date', '0044-03-15 BC', '0044-03-15 BC'),
  a_daterange: plain('daterange', '[2026-01-01,2026-02-01)', '[2026-01-01,2026-02-01)'),
  a_float4: plain('float4', '0.1', '0.1'),
  a_float8: plain('float8', '-1e300', '-1e+300'),
  a_infinity: plain('float8', '-Infinity', '-Infinity'),
  a_inet: { ...plain('inet', '10.0.0.1/32', '10.0.0.1/32'), logged: '10.0.0.1' },
  a_int2: plain('int2', '-32768', '-32768'),
  a_int8: plain('int8', '9223372036854775807', '9223372036854775807'),
  an_interval: plain('interval', '1 day -02:03:04.5', 'P1DT-2H-3M-4.5S'),
  a_json: plain('json', '{"b": 1,  "a": ["\\u00e9", null]}', '{"b": 1,  "a": ["\\u00e9", null]}'),
  a_jsonb: plain('jsonb', '{"b":1,"a":["é",null]}', '{"a": ["é", null], "b": 1}'),
  a_matrix: { ...plain('int[][]', '{{1,2},{3,NULL}}', '{{1,2},{3,NULL}}'), schema: { type: 'int4', dims: 2 } },
  a_mood: plain('mood', 'so so', 'so so'),
  a_numeric: { ...plain('numeric(8,3)', '1.5', '1.500'), schema: { type: 'numeric', precision: 8, scale: 3 } },
  a_nan: plain('numeric', 'NaN', 'NaN'),
  a_point: plain('point', '(1,-2.5)', '(1,-2.5)'),
  a_text: plain('text', 'a "quote", \\ back\nline\ttab \u0001 é 🎬', 'a "quote", \\ back\nline\ttab \u0001 é 🎬'),
  a_texts: {
    ...plain('text[]', '{"a b","x\\"y",NULL,"NULL",""}', '{"a b","x\\"y",NULL,"NULL",""}'),
    schema: { type: 'text', dims: 1 },
  },
  a_time: { ...plain('time(3)', '12:34:56.789', '12:34:56.789'), schema: { type: 'time', precision: 3 } },
  a_timestamp: plain('timestamp', '2026-11-22 06:29:13.5', '2026-11-22 06:29:13.5'),
  a_timestamptz: plain('timestamptz', '2026-11-22 06:29:13.5+05:30', '2026-11-22 00:59:13.5+00'),
  a_uuid: plain('uuid', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'),
  a_varchar: { ...plain('varchar(10)', ' ab ', ' ab '), schema: { type: 'varchar', max_length: 10 } },
};
const columns = Object.entries(EXAMPLES);

describe.each(targets)('values: $name', ({ start }) => {
  let target: ContractTarget;
  beforeAll(async () => {
    target = await start();
    await target.create('TYPE mood', `AS ENUM ('so so', 'fine')`);
    const types = columns.map(([name, { type }]) => `${name} ${type}`);
    await target.create('TABLE "values"', `(id int PRIMARY KEY, ${types.join(', ')})`);
  });
  afterAll(async () => {
    await target[Symbol.asyncDispose]();
  });

  const insert = (id: number) => {
    const literals = columns.map(([, { sql }]) => `'${sql.replaceAll("'", "''")}'`);
    return target.sql.unsafe(`INSERT INTO "values" VALUES (${id}, ${literals.join(', ')})`);
  };

  test('writes each type to schema, snapshot and log', async () => {
    await insert(1);
    await target.sql`INSERT INTO "values" (id) VALUES (2)`;
    const shape = new Conversation(target, { table: 'values' });
    const initial = await shape.ask();
    const schemas = columns.map(([name, { schema }]) => [name, schema]);
    expect(JSON.parse(initial.headers.get('electric-schema') ?? '')).toEqual({
      id: { type: 'int4', not_null: true, pk_index: 0 },
      ...Object.fromEntries(schemas),
    });
    const texts = columns.map(([name, { text }]) => [name, text]);
    const nulls = columns.map(([name]) => [name, null]);
    const rows = changesOf(initial).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect(rows.map((row) => row.value)).toEqual([
      { id: '1', ...Object.fromEntries(texts) },
      { id: '2', ...Object.fromEntries(nulls) },
    ]);

    await shape.catchUp();
    await insert(3);
    const logged = columns.map(([name, { text, logged: other }]) => [name, other ?? text]);
    const [change] = await shape.follow();
    expect(change?.value).toEqual({ id: '3', ...Object.fromEntries(logged) });
  });

  test('reports changed columns of an update, and a TOASTed value only when it changed', async () => {
    const { sql } = target;
    await target.create('TABLE wide', '(id int PRIMARY KEY, shown bool NOT NULL, n int, body text NOT NULL)');
    await sql`ALTER TABLE wide ALTER body SET STORAGE EXTERNAL`;
    const body = 'x'.repeat(20_000);
    await sql`INSERT INTO wide VALUES (1, true, 1, ${body}), (2, false, 1, ${body})`;
    const shape = new Conversation(target, { table: 'wide', where: 'shown = true' });
    const full = new Conversation(target, { table: 'wide', where: 'shown = true', replica: 'full' });
    await shape.catchUp();
    await full.catchUp();
    await sql.begin(async (transaction) => {
      await transaction`UPDATE wide SET n = 2 WHERE id = 1`;
      await transaction`UPDATE wide SET shown = true WHERE id = 2`;
      await transaction`UPDATE wide SET n = n WHERE id = 1`;
      await transaction`UPDATE wide SET body = 'short' WHERE id = 2`;
    });
    expect((await shape.follow()).map((change) => change.value)).toEqual([
      { id: '1', n: '2' },
      { id: '2', shown: 't', n: '1', body },
      { id: '2', body: 'short' },
    ]);
    expect((await full.follow()).map(({ value, old_value }) => [value, old_value])).toEqual([
      [{ id: '1', shown: 't', n: '2', body }, { n: '1' }],
      [{ id: '2', shown: 't', n: '1', body }, undefined],
      [{ id: '2', shown: 't', n: '1', body: 'short' }, { body }],
    ]);
  });
});
