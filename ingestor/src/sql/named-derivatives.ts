/** Finds the derivatives that assets reference, including deleted assets, which can be restored. */
import { DERIVATIVE_STEPS } from './asset-work.ts';
import type { Sql } from './client.ts';

const KEYS = DERIVATIVE_STEPS.map((step) => `${step}_key`).join(', ');

/** Returns all keys with a prefix of hex digits. Reads the whole table, so callers use few, short prefixes. */
export async function namedKeysFrom(sql: Sql, prefix: string): Promise<Set<string>> {
  const keys = new Set<string>();
  const rows = sql<{ key: string }[]>`
    SELECT key FROM assets, unnest(ARRAY[${sql.unsafe(KEYS)}]) AS key
    WHERE starts_with(key, ${prefix})`;
  await rows.cursor(5000, (batch) => {
    for (const { key } of batch) keys.add(key);
  });
  return keys;
}

/** Returns those keys that assets reference. */
export async function namedOf(sql: Sql, keys: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ key: string }[]>`
    SELECT DISTINCT key FROM assets, unnest(ARRAY[${sql.unsafe(KEYS)}]) AS key
    WHERE key = ANY (${[...keys]}::text[])`;
  return new Set(rows.map(({ key }) => key));
}
