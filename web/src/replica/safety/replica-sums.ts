/** Computes counts and checksums of a replica's rows; touched rows count with their server truth. */
import type { PGlite } from '@electric-sql/pglite';
import { type ShapeReference, shapes } from '@ingesthub/schema/library/shapes.ts';
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import { type PartitionSum, partitionSumsSql, rowHashSql } from '@ingesthub/schema/replica/partition-sums.ts';
import type { PendingMutation } from '../model/outbox-rows.ts';
import { isMutableTable, partitionOf, type ReplicatedTables } from '../model/replicated-tables.ts';
import { keyText } from '../model/row-statements.ts';

export interface ReplicaRows {
  readonly database: Pick<PGlite, 'query'>;
  readonly tables: ReplicatedTables;
  readonly pending: readonly PendingMutation[];
}

/** The most rows that one statement sums up: it blocks all other queries while it runs. */
const ROWS_AT_A_TIME = 20_000;

/** @param expected the server's sums; all packages that these do not name are summed in one further statement. */
export async function sumReplicaRows(
  rows: ReplicaRows,
  reference: ShapeReference,
  expected: readonly PartitionSum[],
): Promise<PartitionSum[]> {
  const { text, values } = replicaRowsSql(rows, reference);
  const shape = shapes[reference.name];
  const parameter = `$${values.length + 1}::uuid[]`;
  const run = async (where: string, ids: readonly string[] | null) =>
    (
      await rows.database.query<PartitionSum>(
        partitionSumsSql(shape, `(${text})`, where),
        ids ? [...values, ids] : [...values],
      )
    ).rows;
  const ids = expected.flatMap(({ package_id }) => (package_id === null ? [] : [package_id]));
  if (!(shape.columns as readonly string[]).includes('package_id')) return run('true', null);
  const sums: PartitionSum[] = [];
  for (const some of portions(expected)) sums.push(...(await run(`row.package_id = ANY (${parameter})`, some)));
  sums.push(...(await run(`NOT row.package_id = ANY (${parameter})`, ids)));
  return sums;
}

/** Returns a statement that selects each row's `key` as text and its `hash`. */
export function rowHashes(rows: ReplicaRows, reference: ShapeReference): Statement {
  const shape = shapes[reference.name];
  const { text, values } = replicaRowsSql(rows, reference);
  return {
    text: `SELECT ${keyText(shape.key)} AS key, ${rowHashSql(shape, 'row')} AS hash FROM (${text}) AS row`,
    values,
  };
}

function replicaRowsSql({ tables, pending }: ReplicaRows, reference: ShapeReference): Statement {
  const { table, columns } = shapes[reference.name];
  const partition = partitionOf(reference);
  const values: unknown[] = partition ? [partition.id] : [];
  const within = partition ? `${partition.column} = $1::uuid` : 'true';
  const list = columns.join(', ');
  if (!isMutableTable(table)) return { text: `SELECT ${list} FROM ${table} WHERE ${within}`, values };
  const base = tables.base[table];
  const touched = pending.filter((one) => one.table === table).flatMap(({ mutation }) => mutation.args.ids);
  values.push(touched);
  return {
    text: `
      SELECT ${list} FROM ${table} WHERE ${within} AND NOT ${base.unit} = ANY ($${values.length}::uuid[])
      UNION ALL SELECT ${list} FROM ${base.table} WHERE ${within}`,
    values,
  };
}

function portions(expected: readonly PartitionSum[]): string[][] {
  const found: string[][] = [];
  let rows = ROWS_AT_A_TIME;
  for (const { package_id, count } of expected) {
    if (package_id === null) continue;
    if (rows + count > ROWS_AT_A_TIME) {
      found.push([]);
      rows = 0;
    }
    found.at(-1)?.push(package_id);
    rows += count;
  }
  return found;
}
