/** For tests: an in-memory PGlite made a replica, and what shapes would bring it. */
import { PGlite } from '@electric-sql/pglite';
import { formatShapeReference, type ShapeReference } from '@ingesthub/schema/shapes.ts';
import { v7 as uuid } from 'uuid';
import type { TextRow } from './fold-changes.ts';
import { prepareDatabase } from './prepare-database.ts';
import { readReplicaSql } from './read-replica-sql.ts';
import { readReplicatedTables } from './replicated-tables.ts';
import type { ArrivedChange, ShapeBatch } from './shape-batch.ts';
import { createWriter, type Writer } from './writer.ts';

export interface TestReplica {
  readonly database: PGlite;
  readonly client: string;
  /** The tables that each commit changed, in order. */
  readonly commits: string[][];
  writer: Writer;
  /** As after a reload: nothing is remembered but what is in the database. */
  reopen(): Promise<void>;
  /** Deletes everything but the identity, and reopens. */
  clear(): Promise<void>;
}

export async function createTestReplica(): Promise<TestReplica> {
  const database = await PGlite.create();
  const { client } = await prepareDatabase(database, await readReplicaSql());
  const commits: string[][] = [];
  const open = async () =>
    createWriter(database, await readReplicatedTables(database), (tables) => {
      commits.push([...tables]);
    });
  const replica: TestReplica = {
    database,
    client,
    commits,
    writer: await open(),
    async reopen() {
      replica.writer = await open();
    },
    async clear() {
      await database.exec(
        'TRUNCATE assets, projects, mutations, runs, replica.base_assets, replica.shapes, replica.outbox, replica.seen CASCADE',
      );
      commits.length = 0;
      await replica.reopen();
    },
  };
  return replica;
}

export const PROJECT = '01900000-0000-7000-8000-000000000001';
export const assetsShape: ShapeReference = { name: 'assets', scopeId: PROJECT };
export const ASSETS = formatShapeReference(assetsShape);

/** A change of a shape's log; without an LSN a row of its snapshot. */
export function arrived(
  operation: ArrivedChange['operation'],
  value: TextRow & { id: string },
  lsn: bigint | null = null,
): ArrivedChange {
  return { key: value.id, operation, value, lsn };
}

export function shapeBatch(
  reference: ShapeReference,
  changes: readonly ArrivedChange[],
  upToDateLsn: bigint | null = null,
): ShapeBatch {
  return { reference, changes, offset: `${upToDateLsn ?? 0n}_${changes.length}`, handle: 'handle', upToDateLsn };
}

export function assetRow(id: string, columns: TextRow = {}): TextRow & { id: string } {
  return {
    id,
    project_id: PROJECT,
    package_id: PROJECT,
    relative_path: `plate/${id}.png`,
    name: `${id}.png`,
    file_type: 'image',
    asset_type: 'plate',
    size_bytes: '1000',
    modified_at: '2026-01-02 03:04:05+00',
    probe_status: 'ready',
    thumbnail_status: 'ready',
    proxy_status: 'none',
    tags: '{}',
    review_status: 'unreviewed',
    created_at: '2026-01-02 03:04:05+00',
    updated_at: '2026-01-02 03:04:05+00',
    updated_by: 'system',
    ...columns,
  };
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
