/** Finds and resets derivatives that rows reference but that may be gone from the disk. */
import { DERIVATIVE_STEPS } from './asset-work.ts';
import type { Sql, TransactionSql } from './client.ts';
import { isHeld } from './run-of-package.ts';
import { requestRescan } from './runs.ts';

/** A derivative that a row records as made. */
export interface NamedDerivative {
  readonly assetId: string;
  readonly key: string;
}

/** Selects the rows: those of one package, or those of the packages of some media roots. */
export type DerivativesOf = { readonly packageId: string } | { readonly rootIds: readonly string[] };

const BATCH = 5000;

const MADE = DERIVATIVE_STEPS.map((step) => `(${step}_status, ${step}_key)`).join(', ');

/** Yields the derivatives recorded as made, in batches, ordered by key. */
export async function* namedDerivatives(sql: Sql, of: DerivativesOf): AsyncGenerator<readonly NamedDerivative[]> {
  const whose =
    'packageId' in of
      ? sql`assets.package_id = ${of.packageId}`
      : sql`assets.package_id IN (SELECT id FROM packages WHERE media_root = ANY (${[...of.rootIds]}::text[]))`;
  yield* sql<NamedDerivative[]>`
    SELECT assets.id AS "assetId", made.key
    FROM assets, LATERAL (VALUES ${sql.unsafe(MADE)}) AS made(status, key)
    WHERE ${whose} AND made.status = 'ready' AND made.key IS NOT NULL
    ORDER BY made.key COLLATE "C"`.cursor(BATCH);
}

/** Sets lost derivatives back to pending, unless they are already being made. @returns the affected packages. */
export async function makeAgain(sql: TransactionSql, lost: readonly NamedDerivative[]): Promise<Set<string>> {
  const ids = [...new Set(lost.map(({ assetId }) => assetId))];
  const keys = [...new Set(lost.map(({ key }) => key))];
  const rows = await sql<{ package_id: string }[]>`
    SELECT DISTINCT package_id FROM make_derivatives_again(${ids}::uuid[], ${keys}::text[])`;
  return new Set(rows.map((row) => row.package_id));
}

/** Requests work on packages that have something to remake and that no person holds. */
export async function requestWork(sql: TransactionSql, packageIds: Iterable<string>): Promise<void> {
  const rows = await sql<{ id: string }[]>`
    SELECT id FROM packages
    WHERE id = ANY (${[...packageIds]}::uuid[]) AND deleted_at IS NULL AND NOT ${isHeld(sql)}`;
  for (const { id } of rows) await requestRescan(sql, id);
}
