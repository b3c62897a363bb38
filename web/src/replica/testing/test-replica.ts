/** For tests: a replica in an in-memory PGlite, and the batches that shapes would deliver. */
import type { PGlite } from '@electric-sql/pglite';
import { formatShapeReference, type ShapeReference, shapes } from '@ingesthub/schema/library/shapes.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import { v7 as uuid } from 'uuid';
import type { TextRow } from '../model/fold-changes.ts';
import { createListeners } from '../model/listeners.ts';
import type { ReplicaChange, TableChange } from '../model/replica.ts';
import { mutableTableNames, readReplicatedTables } from '../model/replicated-tables.ts';
import type { ArrivedChange, ShapeBatch } from '../model/shape-batch.ts';
import { createPGlite } from '../open/create-pglite.ts';
import { prepareDatabase } from '../open/prepare-database.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { createWriter, type Writer } from '../write/writer.ts';

export interface TestReplica {
  readonly database: PGlite;
  readonly client: string;
  /** The tables that each commit changed, in order. */
  readonly commits: ReadonlyMap<string, TableChange>[];
  writer: Writer;
  /** Calls back after each commit; returns a function that stops it. */
  onChange(listener: (change: ReplicaChange) => void): () => void;
  /** Simulates a reload: only the database's content survives. */
  reopen(): Promise<void>;
  /** Deletes everything but the identity, and reopens. */
  clear(): Promise<void>;
}

export async function createTestReplica(): Promise<TestReplica> {
  const database = await createPGlite(await quickPGlite());
  const { client } = await prepareDatabase(database, await readReplicaSql());
  const commits: TestReplica['commits'] = [];
  const changes = createListeners<ReplicaChange>();
  const open = async () =>
    createWriter(database, await readReplicatedTables(database), (change) => {
      commits.push(change.tables);
      changes.tell(change);
    });
  const replica: TestReplica = {
    database,
    client,
    commits,
    writer: await open(),
    onChange: changes.listen,
    async reopen() {
      replica.writer = await open();
    },
    async clear() {
      const tables = [
        ...shapeTables.map((table) => `public.${table}`),
        ...ownTables.map((table) => `replica.${table}`),
      ];
      await database.exec(`TRUNCATE ${tables.join(', ')} CASCADE`);
      commits.length = 0;
      await replica.reopen();
    },
  };
  return replica;
}

const shapeTables = Object.values(shapes).map(({ table }) => table);
const ownTables = [
  'shapes',
  'working_set',
  'outbox',
  'seen',
  'undo_parts',
  ...mutableTableNames.map((table) => `base_${table}`),
];

export const PROJECT = '01900000-0000-7000-8000-000000000001';
export const PACKAGE = '01900000-0000-7000-8000-000000000002';
export const assetsShape: ShapeReference = { name: 'assets', scopeId: PROJECT };
export const tagsShape: ShapeReference = { name: 'asset_tags', scopeId: PROJECT };
export const ASSETS = formatShapeReference(assetsShape);
export const TAGS = formatShapeReference(tagsShape);

/** Returns a change of a shape's log, or, without an LSN, a row of its snapshot. */
export function arrived(
  operation: ArrivedChange['operation'],
  value: TextRow,
  lsn: bigint | null = null,
): ArrivedChange {
  // Every shape that tests use has one of these as its key.
  const key = [value['id'] ?? value['asset_id'], value['tag']].join('/');
  return { key, operation, value, lsn };
}

export function shapeBatch(
  reference: ShapeReference,
  changes: readonly ArrivedChange[],
  upToDateLsn: bigint | null = null,
): ShapeBatch {
  return { reference, changes, offset: `${upToDateLsn ?? 0n}_${changes.length}`, handle: 'handle', upToDateLsn };
}

export function assetRow(id: string, columns: TextRow = {}): TextRow {
  return {
    id,
    project_id: PROJECT,
    package_id: PACKAGE,
    folder: '1',
    name: `${id}.png`,
    file_type: 'image',
    asset_type: 'plate',
    size_bytes: '1000',
    modified_at: '2026-01-02 03:04:05+00',
    probe_status: 'ready',
    thumbnail_status: 'ready',
    proxy_status: 'none',
    review_status: 'unreviewed',
    ...columns,
  };
}

export function tagRow(asset: string, tag: string): TextRow {
  return { asset_id: asset, tag, package_id: PACKAGE, project_id: PROJECT };
}

export function projectRow(id: string, columns: TextRow = {}): TextRow {
  return {
    id,
    name: 'Northlight',
    type: 'vfx',
    tags: '{}',
    created_at: '2026-01-02 03:04:05+00',
    updated_at: '2026-01-02 03:04:05+00',
    updated_by: 'jane',
    ...columns,
  };
}

export function subjectRow(id: string, columns: TextRow = {}): TextRow {
  const { type: _, ...row } = projectRow(id);
  return { ...row, project_id: PROJECT, name: 'jane_doe', ...columns };
}

export function mutationRow(id: string, client: string, rejected?: { code: string; message: string }) {
  return {
    id,
    client,
    name: 'assets.tag',
    status: rejected ? 'rejected' : 'applied',
    error_code: rejected?.code ?? null,
    error_message: rejected?.message ?? null,
    created_at: '2026-01-02 03:04:05+00',
  };
}

export function assetIds(count: number): string[] {
  return Array.from({ length: count }, () => uuid());
}
