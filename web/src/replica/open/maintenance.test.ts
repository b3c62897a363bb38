import { PGlite } from '@electric-sql/pglite';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startMaintenance } from './maintenance.ts';

let database: PGlite;
beforeEach(async () => {
  database = await PGlite.create(await quickPGlite());
});
afterEach(async () => {
  vi.useRealTimers();
  await database.close();
});

/** Writes 60,000 rows beside as many assets as given. @returns what was done, until after a quiet moment. */
async function maintained(assets: number): Promise<string[]> {
  await database.exec(`CREATE TABLE assets AS SELECT generate_series(1, ${assets}) AS n`);
  await database.exec('ANALYZE assets');
  const done: string[] = [];
  const watched = new Proxy(database, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (name === 'exec') done.push(String(args[0]).includes('ANALYZE') ? 'statistics' : String(args[0]));
        return value.apply(target, args);
      };
    },
  });
  const ended = new AbortController();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const maintenance = startMaintenance(watched, {
    isLoaded: () => true,
    write: async () => {},
    onProblem: (error) => done.push(String(error)),
    signal: ended.signal,
  });
  maintenance.wrote(60_000);
  vi.useRealTimers();
  await expect.poll(() => done.filter((one) => one === 'CHECKPOINT')).toHaveLength(1);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  maintenance.wrote(1);
  await vi.runOnlyPendingTimersAsync();
  vi.useRealTimers();
  await expect.poll(() => done.filter((one) => one === 'CHECKPOINT')).toHaveLength(2);
  ended.abort();
  return done;
}

test('startMaintenance: takes statistics in a quiet moment, not while rows arrive', async () => {
  expect(await maintained(100_000)).toEqual(['CHECKPOINT', 'statistics', 'CHECKPOINT']);
});

test('startMaintenance: takes statistics at once when as many rows have arrived as there were', async () => {
  expect(await maintained(50_000)).toEqual(['statistics', 'CHECKPOINT', 'CHECKPOINT']);
});
