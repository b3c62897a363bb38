/** Applies a mutation to the replica and queues it, within a transaction. */
import type { Transaction } from '@electric-sql/pglite';
import { formatShapeReference, type ShapeReference, shapes } from '@ingesthub/schema/library/shapes.ts';
import type { Mutation, MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { type ChangeRow, unpackIds } from '@ingesthub/schema/mutations/mutator.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import { insertPending, type PendingMutation, pendingMutation } from '../model/outbox-rows.ts';
import type { TableChange } from '../model/replica.ts';
import type { ReplicatedTables } from '../model/replicated-tables.ts';
import type { TouchedUnits } from '../model/touched-units.ts';
import { keepBase } from './rebase.ts';
import { argsBytes } from './split-mutation.ts';
import { run } from './write-rows.ts';

export interface MadeMutation {
  readonly queued: PendingMutation;
  /** The ids among its arguments whose rows it changed. */
  readonly changedIds: string[];
  /** The calls that reverse it. */
  readonly inverse: readonly MutationCall[];
  /** Its change to its table; null: it changed nothing. */
  readonly change: TableChange | null;
}

/** @param options.touched the units that earlier mutations touch. */
export async function makeMutation(
  tx: Transaction,
  mutation: Mutation,
  options: { tables: ReplicatedTables; touched: TouchedUnits; label: string | null },
): Promise<MadeMutation> {
  const { tables, touched } = options;
  const { ids } = mutation.args;
  const mutator = mutatorOf(mutation.name);
  const args = mutation.args as never;
  const places = await placesOf(tx, mutation);
  await keepBase(
    tx,
    tables.base[mutator.table],
    ids.filter((id) => !touched.has(mutator.table, id)),
  );
  const rows = await run<ChangeRow>(tx, mutator.statement(args, ids));
  const groups = rows.map((row) => ({ former: row.former, ids: unpackIds(row.ids) }));
  const changed = groups.length > 1 ? [...new Set(groups.flatMap((group) => group.ids))] : (groups[0]?.ids ?? []);

  const text = JSON.stringify(mutation.args);
  const queued = pendingMutation(mutation, places.shapes, argsBytes(text));
  await insertPending(tx, queued, { args: text, packedIds: changed.join(''), label: options.label });
  const columns = mutator.columns(args);
  return {
    queued,
    changedIds: changed,
    inverse: groups.map((group) => mutator.inverse(args, group.former, group.ids)),
    change:
      changed.length > 0
        ? {
            packages: places.packages,
            columns: columns && new Set(columns),
            assets: { ids: new Set(changed), packages: new Set() },
          }
        : null,
  };
}

/** Returns the shapes that hold the rows a mutation touches, and their packages; null: the table has no packages. */
async function placesOf(
  tx: Transaction,
  mutation: Mutation,
): Promise<{ shapes: string[]; packages: ReadonlySet<string> | null }> {
  const { table } = mutatorOf(mutation.name);
  if (shapes[table].scope === 'library') return { shapes: [table], packages: null };
  // All other mutations name assets.
  const { rows } = await tx.query<{ project_id: string; package_id: string }>(
    'SELECT DISTINCT project_id, package_id FROM public.assets WHERE id = ANY ($1::uuid[])',
    [mutation.args.ids],
  );
  const references = rows.map((row): ShapeReference => ({ name: table, scopeId: row.project_id }));
  return {
    shapes: [...new Set(references.map(formatShapeReference))],
    packages: new Set(rows.map((row) => row.package_id)),
  };
}
