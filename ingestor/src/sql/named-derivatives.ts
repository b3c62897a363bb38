/** Which derivatives assets name: deleted ones too, since they can be restored. */
import type { Sql } from './client.ts';

/** All keys that begin with some hex digits. Reads the whole table, so it is asked a few times for many. */
export async function namedKeysFrom(sql: Sql, prefix: string): Promise<Set<string>> {
  const keys = new Set<string>();
  const rows = sql<{ key: string }[]>`
    SELECT key FROM assets, unnest(ARRAY[thumbnail_key, proxy_key, sprite_key, waveform_key]) AS key
    WHERE starts_with(key, ${prefix})`;
  await rows.cursor(5000, (batch) => {
    for (const { key } of batch) keys.add(key);
  });
  return keys;
}

/** Those of some keys that are named. */
export async function namedOf(sql: Sql, keys: readonly string[]): Promise<Set<string>> {
  const rows = await sql<{ key: string }[]>`
    SELECT DISTINCT key FROM assets, unnest(ARRAY[thumbnail_key, proxy_key, sprite_key, waveform_key]) AS key
    WHERE key = ANY (${[...keys]}::text[])`;
  return new Set(rows.map(({ key }) => key));
}
