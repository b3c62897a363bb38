/** What is written: random transactions over both tables, which meet each other on the same rows. */
import { setTimeout as delay } from 'node:timers/promises';
import postgres, { type Sql, type TransactionSql } from 'postgres';
import { oneOf, type Random } from './random.ts';
import { OWNERS } from './shapes.ts';

/** How many write at once. */
export const WRITERS = 8;
const IDS = 60;
const MOVED = 1000;
const KINDS = ['a', 'a/b', '"', "it's", 'ü.'] as const;
const NOTES = [null, '', 'a', 'abc', 'Abx', 'xb_', 'bB', 'a\n[text]:', 'äb%', "it''s"] as const;

const DEADLOCK = '40P01';
const UNIQUE_VIOLATION = '23505';

/** Rolled back on purpose. */
class Regret extends Error {}

type Change = (sql: TransactionSql, random: Random) => Promise<unknown>;

const made = (random: Random) => `2026-0${1 + random(9)}-11 12:00:00+00`;
const price = (random: Random) => (random(5) === 0 ? null : `${random(100)}.${random(10)}`);
const shown = (random: Random) => oneOf(random, ['true', 'false', null]);
const body = (random: Random) =>
  random(3) === 0 ? null : random(2) === 0 ? 'short' : String(random(1e9)).padEnd(6000, '0123456789');

/** As often as they are listed. */
const CHANGES: readonly Change[] = [
  ...repeated(3, insertItem),
  ...repeated(2, updatePart),
  ...repeated(2, changeKey),
  ...repeated(4, upsertPair),
  (sql, random) => sql`UPDATE items SET shown = NOT shown, n = n + 1 WHERE id = ${random(IDS)}`,
  (sql, random) => sql`UPDATE items SET note = ${oneOf(random, NOTES)} WHERE id = ${random(IDS)}`,
  (sql, random) => sql`UPDATE items SET price = ${price(random)}, made_at = ${made(random)} WHERE id = ${random(IDS)}`,
  (sql, random) =>
    sql`UPDATE items SET owner = ${oneOf(random, OWNERS)}, shown = ${shown(random)}::text::bool WHERE id = ${random(IDS)}`,
  (sql, random) => sql`UPDATE items SET body = ${body(random)} WHERE id = ${random(IDS)}`,
  (sql, random) => sql`DELETE FROM items WHERE id = ${random(IDS)}`,
  (sql, random) => sql`DELETE FROM items WHERE id BETWEEN ${random(IDS)} AND ${random(IDS)}`,
  (sql, random) => sql`DELETE FROM pairs WHERE kind = ${oneOf(random, KINDS)} AND n = ${random(6)}`,
  (sql, random) => sql`
    UPDATE pairs SET n = n + 6 WHERE kind = ${oneOf(random, KINDS)} AND n BETWEEN 0 AND 5
      AND NOT EXISTS (SELECT FROM pairs AS other WHERE other.kind = pairs.kind AND other.n = pairs.n + 6)`,
];
/** Now and then. */
const LARGE_CHANGES: readonly Change[] = [
  (sql) => sql`UPDATE items SET n = n + 1`,
  (sql) => sql`
    INSERT INTO items (id, part, note, n, body) SELECT i, i % 4, 'a' || i, 0, repeat(i::text, 100) FROM generate_series(2000, 2149) AS i
    ON CONFLICT (id) DO UPDATE SET n = items.n + 1`,
  (sql) => sql`DELETE FROM items WHERE id >= 2000`,
];

function repeated(times: number, change: Change): Change[] {
  return Array.from({ length: times }, () => change);
}

function insertItem(sql: TransactionSql, random: Random) {
  return sql`
    INSERT INTO items VALUES (
      ${random(IDS)}, ${random(4)}, ${shown(random)}::text::bool, ${oneOf(random, NOTES)}, ${price(random)},
      ${oneOf(random, OWNERS)}, ${made(random)}, ${random(9)}, ${body(random)}
    ) ON CONFLICT (id) DO UPDATE SET part = excluded.part, note = excluded.note`;
}

function updatePart(sql: TransactionSql, random: Random) {
  const id = random(IDS);
  return sql`UPDATE items SET part = ${random(4)} WHERE id BETWEEN ${id} AND ${id + random(8)}`;
}

/** There and back. */
function changeKey(sql: TransactionSql, random: Random) {
  const id = random(IDS);
  const [from, to] = random(2) === 0 ? [id, id + MOVED] : [id + MOVED, id];
  return sql`
    UPDATE items SET id = ${to}, n = n + ${random(2)}
    WHERE id = ${from} AND NOT EXISTS (SELECT FROM items WHERE id = ${to})`;
}

function upsertPair(sql: TransactionSql, random: Random) {
  return sql`
    INSERT INTO pairs VALUES (${oneOf(random, KINDS)}, ${random(6)}, ${random(100)})
    ON CONFLICT (kind, n) DO UPDATE SET value = excluded.value`;
}

/** A few transactions one after another, with pauses. Those that meet others, or a server that is away, are given up. */
export async function write(sql: Sql, random: Random, transactions: number): Promise<void> {
  for (let count = 0; count < transactions; count++) {
    await sql.begin((transaction) => writeOne(transaction, random)).catch(expected);
    await delay(random(3) === 0 ? random(60) : 0);
  }
}

async function writeOne(sql: TransactionSql, random: Random): Promise<void> {
  const changes = 1 + random(5);
  for (let count = 0; count < changes; count++) {
    const change = oneOf(random, random(40) === 0 ? LARGE_CHANGES : CHANGES);
    if (random(8) > 0) {
      await change(sql, random);
      continue;
    }
    // A transaction id of its own within the transaction, sometimes in vain.
    await sql
      .savepoint(async (inner) => {
        await change(inner, random);
        if (random(3) === 0) throw new Regret();
      })
      .catch(expected);
  }
  if (random(12) === 0) throw new Regret();
}

/** What may happen to whoever writes: others were quicker, or the server is away. @throws anything else. */
export function expected(error: unknown): void {
  if (error instanceof Regret) return;
  if (error instanceof postgres.PostgresError) {
    // 57P…: the server is stopping or starting.
    if ([DEADLOCK, UNIQUE_VIOLATION].includes(error.code) || error.code.startsWith('57P')) return;
  } else if (/^(CONNECTION_|ECONN|EPIPE)/.test(String((error as NodeJS.ErrnoException).code))) return;
  throw error;
}

/**
 * One transaction that is in every shape. Whoever is up to date with it has all that was written before.
 *
 * @param round another one each time.
 */
export async function writeMarker(sql: Sql, round: number): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`
      INSERT INTO items VALUES
        (-1, 1, true, 'abx', 50, ${OWNERS[0]}, '2026-07-01 00:00:00+00', ${round}, NULL),
        (-2, 0, false, NULL, 50, ${OWNERS[0]}, '2026-07-01 00:00:00+00', ${round}, NULL)
      ON CONFLICT (id) DO UPDATE SET n = excluded.n`;
    await transaction`
      INSERT INTO pairs VALUES ('a/b', -1, ${10 + (round % 50)})
      ON CONFLICT (kind, n) DO UPDATE SET value = excluded.value`;
  });
}
