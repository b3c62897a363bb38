/** Rows that unconfirmed mutations touch: server truth beside them, and those mutations on top of it. */
import type { Transaction } from '@electric-sql/pglite';
import { mutatorStatement } from '@ingesthub/schema/mutators.ts';
import type { RowTarget } from '../replica/row-statements.ts';
import type { PendingMutation } from './outbox-rows.ts';

/** Keeps server truth of rows that a new mutation is about to touch, unless it is kept already. */
export async function keepBase(tx: Transaction, base: RowTarget, ids: readonly string[]): Promise<void> {
  const columns = [...base.types.keys()].join(', ');
  await tx.query(
    `INSERT INTO ${base.table} (${columns}) SELECT ${columns} FROM public.assets WHERE id = ANY ($1::uuid[])
     ON CONFLICT DO NOTHING`,
    [ids],
  );
}

/** Makes rows server truth with the mutations applied, in their order. */
export async function rebase(
  tx: Transaction,
  base: RowTarget,
  ids: ReadonlySet<string>,
  pending: readonly PendingMutation[],
): Promise<void> {
  if (ids.size === 0) return;
  await rewind(tx, base, [...ids]);
  for (const { mutation } of pending) {
    const touched = mutation.args.ids.filter((id) => ids.has(id));
    if (touched.length === 0) continue;
    const { text, values } = mutatorStatement(mutation, touched);
    await tx.query(text, [...values]);
  }
}

/** Forgets server truth that no mutation needs any more: the rows are it. */
export async function dropBase(
  tx: Transaction,
  base: RowTarget,
  ids: Iterable<string>,
  pending: readonly PendingMutation[],
): Promise<void> {
  const free = [...ids].filter((id) => !pending.some((mutation) => mutation.ids.has(id)));
  await tx.query(`DELETE FROM ${base.table} WHERE id = ANY ($1::uuid[])`, [free]);
}

async function rewind(tx: Transaction, base: RowTarget, ids: readonly string[]): Promise<void> {
  const columns = [...base.types.keys()];
  const list = columns.join(', ');
  await tx.query(
    `DELETE FROM public.assets
     WHERE id = ANY ($1::uuid[]) AND NOT EXISTS (SELECT FROM ${base.table} AS base WHERE base.id = assets.id)`,
    [ids],
  );
  await tx.query(
    `INSERT INTO public.assets (${list}) SELECT ${list} FROM ${base.table} WHERE id = ANY ($1::uuid[])
     ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
     WHERE ROW (${columns.map((column) => `assets.${column}`).join(', ')})
       IS DISTINCT FROM ROW (${columns.map((column) => `excluded.${column}`).join(', ')})`,
    [ids],
  );
}
