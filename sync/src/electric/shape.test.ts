import { expect, test } from 'vitest';
import type { Relation } from './pgoutput.ts';
import { Shape } from './shape.ts';
import { defineShape } from './shape-definition.ts';
import { MemoryShapeLog } from './shape-log.ts';
import type { Table } from './table.ts';
import type { Transaction } from './transaction.ts';
import { parseSnapshotBounds } from './visibility.ts';

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

function insert(xid: number, into: Relation = relation): Transaction {
  const lsn = BigInt(xid * 100);
  return {
    lsn,
    endLsn: lsn + 10n,
    xid,
    changes: [{ relation: into, old: null, new: [String(xid), '0'], position: 0 }],
    relations: new Set([into]),
    truncated: [],
    unusable: [],
    messages: [],
  };
}

function makeShape(): Shape {
  const defined = defineShape(table, { columns: null, where: null, params: new Map(), replica: 'default' });
  if ('errors' in defined) throw new Error('the definition is wrong');
  return new Shape('1-1', defined.definition, new MemoryShapeLog());
}

test('Shape: transactions that came before the snapshot’s bounds are sorted by them: none is lost, none doubled', async () => {
  const shape = makeShape();
  for (const xid of [10, 12, 11]) shape.apply(insert(xid));
  shape.setBounds(parseSnapshotBounds('11:13:11'));
  for (const xid of [13]) shape.apply(insert(xid));
  const slice = await shape.log.read({ lsn: 0n, op: 0 }, 1_000_000);
  const ids = (slice?.parts ?? []).map((part) => (JSON.parse(part.toString()) as { value: { id: string } }).value.id);
  expect(ids).toEqual(['11', '13']);
});

test('Shape: a table that the log describes otherwise ends it, unless the snapshot has that transaction anyway', () => {
  const altered = { ...relation, columns: relation.columns.slice(0, 1) };
  const shape = makeShape();
  shape.setBounds(parseSnapshotBounds('11:11:'));
  shape.apply(insert(10, altered));
  expect(shape.state).toBe('filling');
  shape.apply(insert(11, altered));
  expect(shape.state).toBe('dropped');
});
