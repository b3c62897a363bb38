/** For tests: three assets in a replica, mutations of them, and the server's answers. */

import type { ShapeReference } from '@ingesthub/schema/library/shapes.ts';
import type { MutationName } from '@ingesthub/schema/mutations/mutations.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeEach } from 'vitest';
import {
  arrived,
  assetIds,
  assetRow,
  assetsShape,
  createTestReplica,
  mutationRow,
  shapeBatch,
  type TestReplica,
  tagRow,
  tagsShape,
} from './test-replica.ts';

export const [one = '', two = '', three = ''] = assetIds(3).toSorted();
export const projects: ShapeReference = { name: 'projects' };
export const subjects: ShapeReference = { name: 'subjects' };

/** Makes a replica for the tests of one file, cleared before each and closed after all, and its library. */
export async function useThreeAssets() {
  const replica = await createTestReplica();
  beforeEach(() => replica.clear());
  afterAll(() => replica.database.close());
  return { replica, library: threeAssets(replica) };
}

export function threeAssets(replica: TestReplica) {
  async function tags(): Promise<Record<string, string[]>> {
    const { rows } = await replica.database.query<{ id: string; tags: string[] }>(`
      SELECT id, ARRAY (SELECT tag FROM asset_tags WHERE asset_id = id ORDER BY tag) AS tags FROM assets ORDER BY id`);
    return Object.fromEntries(rows.map((row) => [row.id, row.tags]));
  }

  /** Returns server truth's tags of the touched assets. */
  async function baseTags(): Promise<string[]> {
    const { rows } = await replica.database.query<{ tag: string }>(
      `SELECT asset_id || ' ' || tag AS tag FROM replica.base_asset_tags ORDER BY tag`,
    );
    return rows.map((row) => row.tag);
  }

  async function column(table: string, name: string): Promise<unknown[]> {
    const { rows } = await replica.database.query<{ value: unknown }>(
      `SELECT ${name} AS value FROM ${table} ORDER BY id`,
    );
    return rows.map((row) => row.value);
  }

  /** Applies a first load of the three assets, up to LSN 10. */
  async function load(): Promise<void> {
    const rows = [one, two, three].map((id) => arrived('insert', assetRow(id)));
    await replica.writer.apply([
      shapeBatch(assetsShape, rows.slice(0, 2)),
      shapeBatch(assetsShape, rows.slice(2), 10n),
      shapeBatch(tagsShape, [], 10n),
      shapeBatch(projects, [], 10n),
      shapeBatch(subjects, [], 10n),
    ]);
  }

  async function mutate(name: MutationName, args: object, options = {}): Promise<string> {
    const id = uuid();
    await replica.writer.mutate(id, name, args, options);
    return id;
  }

  function tag(ids: string[], add: string[], remove: string[] = []): Promise<string> {
    return mutate('assets.tag', { ids, add, remove });
  }

  function acknowledgement(id: string, lsn: bigint | null, upTo: bigint | null = lsn) {
    const reference = { name: 'mutations', scopeId: replica.client } as const;
    return shapeBatch(reference, [arrived('insert', mutationRow(id, replica.client), lsn)], upTo);
  }

  function refusal(id: string, lsn: bigint) {
    const row = mutationRow(id, replica.client, { code: 'forbidden', message: 'Not yours.' });
    return shapeBatch({ name: 'mutations', scopeId: replica.client }, [arrived('insert', row, lsn)], lsn);
  }

  function tagged(lsn: bigint, ...rows: [operation: 'insert' | 'delete', asset: string, tag: string][]) {
    const changes = rows.map(([operation, asset, name]) => arrived(operation, tagRow(asset, name), lsn));
    return shapeBatch(tagsShape, changes, lsn);
  }

  /** Returns the latest commit's change to one table. */
  function toldOf(table: string) {
    return replica.commits.at(-1)?.get(table);
  }

  return { tags, baseTags, column, load, mutate, tag, acknowledgement, refusal, tagged, toldOf };
}
