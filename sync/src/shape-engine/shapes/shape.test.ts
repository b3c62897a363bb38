import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ShapeStore } from '../log/shape-store.ts';
import { decodePgoutput, type Relation, type Row } from '../postgres/pgoutput.ts';
import type { Table } from '../postgres/table.ts';
import { defineShape } from '../protocol/shape-definition.ts';
import { parseSnapshotBounds } from '../snapshot/visibility.ts';
import { Shape } from './shape.ts';

const column = { type: 'int4', type_oid: 23, type_modifier: -1, dimensions: 0, not_null: true, generated: false };
const table: Table = {
  oid: 1,
  schema: 'public',
  name: 'items',
  kind: 'r',
  identity_full: true,
  publication: 1,
  columns: [
    { ...column, name: 'id', key_index: 0 },
    { ...column, name: 'n', key_index: null },
  ],
};
const relation: Relation = {
  oid: 1,
  schema: 'public',
  name: 'items',
  identityFull: true,
  columns: [
    { name: 'id', typeOid: 23, typeModifier: -1 },
    { name: 'n', typeOid: 23, typeModifier: -1 },
  ],
};

let folder: string;
let store: ShapeStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ingesthub-shape-'));
  store = await ShapeStore.open(folder, { confirmedLsn: 0n });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** Encodes a row as Postgres sends it. */
function rowOf(...values: string[]): Row {
  const tuple = values.flatMap((value) => [0x74, 0, 0, 0, value.length, ...Buffer.from(value)]);
  const message = decodePgoutput(Buffer.from([0x49, 0, 0, 0, 1, 0x4e, 0, values.length, ...tuple]));
  if (message.tag !== 'insert') throw new Error('the message is wrong');
  return message.new;
}

function insert(shape: Shape, xid: number, into: Relation = relation): void {
  const transaction = { lsn: BigInt(xid * 100), xid };
  shape.change(transaction, { relation: into, old: null, new: rowOf(String(xid), '0'), position: 0 });
  shape.commit(transaction);
}

async function makeShape(handle: string): Promise<Shape> {
  const request = {
    columns: null,
    queryableColumns: null,
    where: null,
    params: new Map(),
    replica: 'default',
    log: 'full',
  } as const;
  const defined = await defineShape(table, request, () => Promise.resolve([]));
  if ('errors' in defined) throw new Error('the definition is wrong');
  return new Shape(handle, defined.definition, store.create(handle));
}

async function idsOf(shape: Shape): Promise<string[]> {
  const blocks: Buffer[] = [];
  const slice = shape.log.read({ lsn: 0n, op: 0 }, 1_000_000);
  for await (const block of slice?.blocks() ?? []) blocks.push(block);
  const messages = JSON.parse(`[${Buffer.concat(blocks).toString()}]`) as { value: { id: string } }[];
  return messages.map(({ value }) => value.id);
}

test('Shape: skips transactions that its snapshot sees', async () => {
  const shape = await makeShape('1-1');
  insert(shape, 9);
  shape.join(parseSnapshotBounds('11:13:11'));
  for (const xid of [10, 12, 11, 13]) insert(shape, xid);
  expect(await idsOf(shape)).toEqual(['11', '13']);
});

test('Shape: writes resent transactions again after a reconnection only if they were rolled back', async () => {
  const shape = await makeShape('1-2');
  shape.join(parseSnapshotBounds('11:11:'));
  insert(shape, 11);
  const half = { lsn: 1200n, xid: 12 };
  shape.change(half, { relation, old: null, new: rowOf('12', '0'), position: 0 });
  shape.rollback();
  for (const xid of [11, 12]) insert(shape, xid);
  expect(await idsOf(shape)).toEqual(['11', '12']);
});

test('Shape: distinguishes a transaction in the snapshot from one with the same id two billion later', async () => {
  const shape = await makeShape('1-3');
  shape.join(parseSnapshotBounds('11:11:'));
  shape.settle(1500n);
  insert(shape, 10);
  const later = { lsn: 9_000_000n, xid: 10 };
  shape.change(later, { relation, old: null, new: rowOf('7', '0'), position: 0 });
  shape.commit(later);
  expect(await idsOf(shape)).toEqual(['7']);
});

test('Shape: ends when the log describes its table differently, unless the snapshot includes that transaction', async () => {
  const altered = { ...relation, columns: relation.columns.slice(0, 1) };
  const shape = await makeShape('1-4');
  shape.join(parseSnapshotBounds('11:11:'));
  insert(shape, 10, altered);
  expect(shape.state).toBe('filling');
  insert(shape, 11, altered);
  expect(shape.state).toBe('dropped');
});
