/** Maintains the rows that unconfirmed mutations touch: server truth beside them, with the mutations applied on top. */
import type { Transaction } from '@electric-sql/pglite';
import { type ChangeRow, unpackIds } from '@ingesthub/schema/mutations/mutator.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import type { AffectedUnits } from '../model/affected-units.ts';
import type { TableChange } from '../model/replica.ts';
import type { BaseTarget } from '../model/replicated-tables.ts';
import { written } from '../model/row-statements.ts';
import { run, writeCounted } from './write-rows.ts';
import type { WriterDraft } from './writer-draft.ts';

/** Saves server truth of untouched units that a mutation is about to change. */
export async function keepBase(tx: Transaction, base: BaseTarget, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const columns = [...base.types.keys()].join(', ');
  await tx.query(
    `INSERT INTO ${base.table} (${columns})
     SELECT ${columns} FROM ${base.shown.table} WHERE ${base.unit} = ANY ($1::uuid[])`,
    [ids],
  );
}

/** Deletes saved server truth that no mutation needs any more: the shown rows equal it now. */
export async function dropBase(
  tx: Transaction,
  base: BaseTarget,
  ids: readonly string[],
  anyLeft: boolean,
): Promise<void> {
  if (ids.length === 0) return;
  if (anyLeft) await tx.query(`DELETE FROM ${base.table} WHERE ${base.unit} = ANY ($1::uuid[])`, [ids]);
  // TRUNCATE leaves no dead rows, which nothing here would vacuum.
  else await tx.exec(`TRUNCATE ${base.table}`);
}

/**
 * Rebuilds the affected units as server truth with the mutations applied in their order. Rows that already
 * hold these values are not written.
 */
export async function rebase(
  tx: Transaction,
  { tables, affected, pending, changes }: Pick<WriterDraft, 'tables' | 'affected' | 'pending' | 'changes'>,
): Promise<void> {
  for (const [table, units] of affected.tables) {
    for (const change of await rewind(tx, tables.base[table], units)) changes.add(table, change);
  }
  for (const { table, mutation } of pending) {
    const units = affected.tables.get(table)?.ids;
    const ids = units ? mutation.args.ids.filter((id) => units.has(id)) : [];
    if (ids.length === 0) continue;
    const mutator = mutatorOf(mutation.name);
    const changed = await run<ChangeRow>(tx, mutator.statement(mutation.args as never, ids));
    if (changed.length === 0) continue;
    const changedIds = changed.flatMap((row) => unpackIds(row.ids));
    const columns = mutator.columns(mutation.args as never);
    changes.add(table, {
      packages: await packagesOf(tx, tables.base[table], changedIds),
      columns: columns && new Set(columns),
      assets: { ids: new Set(changedIds), packages: new Set() },
    });
  }
}

/** Returns the units' packages; null when the table has no packages. */
async function packagesOf(
  tx: Transaction,
  { shown, unit }: BaseTarget,
  ids: readonly string[],
): Promise<ReadonlySet<string> | null> {
  if (!shown.types.has('package_id')) return null;
  const { rows } = await tx.query<{ package_id: string }>(
    `SELECT DISTINCT package_id FROM ${shown.table} WHERE ${unit} = ANY ($1::uuid[])`,
    [ids],
  );
  return new Set(rows.map((row) => row.package_id));
}

/** Resets units to server truth. */
async function rewind(tx: Transaction, base: BaseTarget, { ids, columns }: AffectedUnits): Promise<TableChange[]> {
  const { shown, unit, key } = base;
  const all = [...base.types.keys()];
  const others = all.filter((column) => !key.includes(column));
  const sameKey = key.map((column) => `row.${column} = base.${column}`).join(' AND ');
  const differ = `(${listOf('row', others)}) IS DISTINCT FROM (${listOf('base', others)})`;
  const [first] = key;
  const values = [[...ids]];

  // Usually nothing differs: the server has confirmed the optimistic values.
  const [found] = await run<{ gone: boolean | null; changed: boolean | null; missing: boolean | null }>(tx, {
    text: `
      SELECT
        bool_or(base.${first} IS NULL) AS gone,
        bool_or(row.${first} IS NULL) AS missing,
        bool_or(row.${first} = base.${first} AND ${differ}) AS changed
      FROM (SELECT * FROM ${shown.table} WHERE ${unit} = ANY ($1::uuid[])) AS row
      FULL JOIN (SELECT * FROM ${base.table} WHERE ${unit} = ANY ($1::uuid[])) AS base ON ${sameKey}`,
    values,
  });
  const changes: TableChange[] = [];
  if (found?.gone) {
    const text = `
      DELETE FROM ${shown.table} AS row
      WHERE row.${unit} = ANY ($1::uuid[]) AND NOT EXISTS (SELECT FROM ${base.table} AS base WHERE ${sameKey})`;
    changes.push(...(await writeCounted(tx, { text: written(shown, text), values }, null, ids)));
  }
  if (found?.changed) {
    const text = `
      UPDATE ${shown.table} AS row SET ${others.map((column) => `${column} = base.${column}`).join(', ')}
      FROM ${base.table} AS base
      WHERE base.${unit} = ANY ($1::uuid[]) AND ${sameKey} AND ${differ}`;
    changes.push(...(await writeCounted(tx, { text: written(shown, text), values }, columns, ids)));
  }
  if (found?.missing) {
    const text = `
      INSERT INTO ${shown.table} AS row (${all.join(', ')})
      SELECT ${listOf('base', all)} FROM ${base.table} AS base
      WHERE base.${unit} = ANY ($1::uuid[]) AND NOT EXISTS (SELECT FROM ${shown.table} AS row WHERE ${sameKey})`;
    changes.push(...(await writeCounted(tx, { text: written(shown, text), values }, null, ids)));
  }
  return changes;
}

function listOf(row: string, columns: readonly string[]): string {
  return columns.map((column) => `${row}.${column}`).join(', ');
}
