/// <reference types="vite/client" />
/**
 * Loads a library with pglite-sync as documented: PGlite, its `electricSync` extension, one shape per
 * table, in `json` mode. Tables, and the indexes and counts built afterwards, are the same as the replica's.
 */
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { electricSync } from '@electric-sql/pglite-sync';
import { migrationsFor } from '@ingesthub/schema/database/migrate.ts';
import { shapes } from '@ingesthub/schema/library/shapes.ts';

export interface BaselineReport {
  readonly step: 'opened' | 'rows' | 'done' | 'failed';
  /** Wall-clock milliseconds. */
  readonly at: number;
  readonly reason?: string;
}

const parameters = new URLSearchParams(self.name);
const project = parameters.get('project') ?? '';
const storage = parameters.get('storage') ?? '';

const files = import.meta.glob<string>('../../../../schema/migrations/*.sql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const migrations = migrationsFor(
  'replica',
  Object.entries(files).map(([path, sql]) => ({ name: path.slice(path.lastIndexOf('/') + 1), sql })),
);
const isAfterLoad = ({ name }: { name: string }) => name.endsWith('after_load.replica.sql');

/** Shapes that a browser loads first; shapes read package by package come later for both contenders. */
const followed = Object.entries(shapes).filter(([, { scope }]) => scope === 'library' || scope === 'project');

function report(step: BaselineReport['step'], reason?: string): void {
  const at = performance.timeOrigin + performance.now();
  self.postMessage({ step, at, ...(reason !== undefined && { reason }) } satisfies BaselineReport);
}

/**
 * Parses a bytea so that it serves pglite-sync twice: as text in the JSON of a shape's first commit, then as bytes.
 *
 * @param text `\\x` and hexadecimal digits.
 */
function readBytes(text: string): Record<string, never> {
  const bytes = Uint8Array.from(text.slice(2).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  // pglite-sync's types do not include bytes.
  return Object.assign(bytes, { toJSON: () => text }) as object as Record<string, never>;
}

async function load(): Promise<void> {
  const database = await PGlite.create(`${storage}://baseline`, {
    // The documentation recommends this for IndexedDB.
    relaxedDurability: storage === 'idb',
    extensions: { electric: electricSync(), pg_trgm },
  });
  await database.exec('SET session_replication_role = replica');
  for (const { sql } of migrations.filter((file) => !isAfterLoad(file))) await database.exec(sql);
  report('opened');

  await Promise.all(
    followed.map(async ([name, { table, key, scope }]) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      await database.electric.syncShapeToTable({
        shape: {
          url: new URL(`/api/shapes/${name}`, self.location.origin).href,
          params: scope === 'project' ? { project } : {},
          // With subscriptions, one request per shape would stay open, and a browser allows six.
          subscribe: false,
          // The client's default values for these types cannot be written as JSON.
          parser: { int8: (text) => Number(text), bytea: readBytes },
        },
        shapeKey: name,
        table,
        primaryKey: [...key],
        initialInsertMethod: 'json',
        onInitialSync: resolve,
        onError: reject,
      });
      await promise;
    }),
  );
  report('rows');

  for (const { sql } of migrations.filter(isAfterLoad)) await database.exec(sql);
  await database.exec('ANALYZE; CHECKPOINT');
  await database.syncToFs();
  report('done');
  Object.assign(self, { database });
}

function fail(error: unknown): void {
  report('failed', error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error));
}

// pglite-sync does not await its commits, so their failures surface only here.
self.addEventListener('unhandledrejection', ({ reason }) => fail(reason));
load().catch(fail);
