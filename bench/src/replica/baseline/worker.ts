/// <reference types="vite/client" />
/**
 * A library by pglite-sync as its documentation says: PGlite, its `electricSync` extension, one shape to
 * one table, in `json` mode. The tables, and the indexes and counts made after, are the replica's own.
 */
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { electricSync } from '@electric-sql/pglite-sync';
import { migrationsFor } from '@ingesthub/schema/migrate.ts';
import { shapes } from '@ingesthub/schema/shapes.ts';

export interface BaselineReport {
  readonly step: 'opened' | 'rows' | 'done' | 'failed';
  /** Milliseconds of the wall clock. */
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

/** Those that a browser loads at first: what is read package by package comes later, in both. */
const followed = Object.entries(shapes).filter(([, { scope }]) => scope === 'library' || scope === 'project');

function report(step: BaselineReport['step'], reason?: string): void {
  const at = performance.timeOrigin + performance.now();
  self.postMessage({ step, at, ...(reason !== undefined && { reason }) } satisfies BaselineReport);
}

/** Its first commit of a shape wants text, as JSON; those after it want bytes. @param text `\\x` and hexadecimal digits. */
function readBytes(text: string): Record<string, never> {
  const bytes = Uint8Array.from(text.slice(2).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  // Its types know no bytes.
  return Object.assign(bytes, { toJSON: () => text }) as object as Record<string, never>;
}

async function load(): Promise<void> {
  const database = await PGlite.create(`${storage}://baseline`, {
    // What its documentation advises for IndexedDB.
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
          // Else as many requests as there are shapes wait for news, and a browser allows six.
          subscribe: false,
          // JSON has no word for what the client would make of them.
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

// pglite-sync awaits none of its commits: what fails in one is told here only.
self.addEventListener('unhandledrejection', ({ reason }) => fail(reason));
load().catch(fail);
