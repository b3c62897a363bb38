/** Random statements over both tables, chosen so that writers collide on the same rows. */
import { oneOf, type Random } from './random.ts';
import { OWNERS } from './shapes.ts';

const IDS = 60;
const MOVED = 1000;
const KINDS = ['a', 'a/b', '"', "it's", 'ü.'] as const;
const NOTES = [null, '', 'a', 'abc', 'Abx', 'xb_', 'bB', 'a\n[text]:', 'äb%', "it''s"] as const;

type Statement = (random: Random) => string;

const literal = (value: string | null) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);
const id = (random: Random) => String(random(IDS));
const kind = (random: Random) => literal(oneOf(random, KINDS));
const note = (random: Random) => literal(oneOf(random, NOTES));
const owner = (random: Random) => literal(oneOf(random, OWNERS));
const madeAt = (random: Random) => literal(`2026-0${1 + random(9)}-11 12:00:00+00`);
const price = (random: Random) => (random(5) === 0 ? 'NULL' : `${random(100)}.${random(10)}`);
const shown = (random: Random) => oneOf(random, ['true', 'false', 'NULL']);
const body = (random: Random) => oneOf(random, ['NULL', `'short'`, `repeat('${random(1e9)}', 700)`]);

const insertItem: Statement = (random) => `
  INSERT INTO items VALUES (
    ${id(random)}, ${random(4)}, ${shown(random)}, ${note(random)}, ${price(random)}, ${owner(random)}, ${madeAt(random)},
    ${random(9)}, ${body(random)}
  ) ON CONFLICT (id) DO UPDATE SET part = excluded.part, note = excluded.note`;

/** Moves a key away and back. */
const changeKey: Statement = (random) => {
  const near = random(IDS);
  const [from, to] = random(2) === 0 ? [near, near + MOVED] : [near + MOVED, near];
  return `
    UPDATE items SET id = ${to}, n = n + ${random(2)}
    WHERE id = ${from} AND NOT EXISTS (SELECT FROM items WHERE id = ${to})`;
};

const upsertPair: Statement = (random) => `
  INSERT INTO pairs VALUES (${kind(random)}, ${random(6)}, ${random(100)})
  ON CONFLICT (kind, n) DO UPDATE SET value = excluded.value`;

/** Repeated entries are more frequent. */
const STATEMENTS: readonly Statement[] = [
  insertItem,
  insertItem,
  insertItem,
  changeKey,
  changeKey,
  upsertPair,
  upsertPair,
  upsertPair,
  (random) => `UPDATE items SET part = ${random(4)} WHERE id BETWEEN ${id(random)} AND ${id(random)}`,
  (random) => `UPDATE items SET shown = NOT shown, n = n + 1 WHERE id = ${id(random)}`,
  (random) => `UPDATE items SET note = ${note(random)} WHERE id = ${id(random)}`,
  (random) => `UPDATE items SET price = ${price(random)}, made_at = ${madeAt(random)} WHERE id = ${id(random)}`,
  (random) => `UPDATE items SET owner = ${owner(random)}, shown = ${shown(random)} WHERE id = ${id(random)}`,
  (random) => `UPDATE items SET body = ${body(random)} WHERE id = ${id(random)}`,
  (random) => `DELETE FROM items WHERE id = ${id(random)}`,
  (random) => `DELETE FROM items WHERE id BETWEEN ${id(random)} AND ${id(random)}`,
  (random) => `DELETE FROM pairs WHERE kind = ${kind(random)} AND n = ${random(6)}`,
  (random) => `
    UPDATE pairs SET n = n + 6 WHERE kind = ${kind(random)} AND n BETWEEN 0 AND 5
      AND NOT EXISTS (SELECT FROM pairs AS other WHERE other.kind = pairs.kind AND other.n = pairs.n + 6)`,
];

/** Used occasionally. */
const LARGE_STATEMENTS: readonly Statement[] = [
  () => 'UPDATE items SET n = n + 1 WHERE id >= 0',
  () => `
    INSERT INTO items (id, part, note, n, body)
    SELECT i, i % 4, 'a' || i, 0, repeat(i::text, 100) FROM generate_series(2000, 2149) AS i
    ON CONFLICT (id) DO UPDATE SET n = items.n + 1`,
  () => 'DELETE FROM items WHERE id >= 2000',
];

/** Returns one transaction as SQL: some statements, some of them in savepoints, a few rolled back. */
export function randomTransaction(random: Random): string {
  const statements = Array.from({ length: 1 + random(5) }, () => {
    const statement = oneOf(random, random(60) === 0 ? LARGE_STATEMENTS : STATEMENTS)(random);
    // A savepoint gives the statement its own transaction id, sometimes rolled back.
    if (random(8) === 0) return `SAVEPOINT s; ${statement}; ${random(3) === 0 ? 'ROLLBACK TO s' : 'RELEASE s'}`;
    // Makes transactions overlap, and end in another order than they began.
    return random(6) === 0 ? `${statement}; SELECT pg_sleep(${random(30) / 1000})` : statement;
  });
  return ['BEGIN', ...statements, random(12) === 0 ? 'ROLLBACK' : 'COMMIT'].join('; ');
}
