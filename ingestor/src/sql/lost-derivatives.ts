/** Derivatives that rows name and that may no longer be on disk. */
import type { Sql, TransactionSql } from './client.ts';
import { isHeld } from './run-of-package.ts';
import { requestRescan } from './runs.ts';

/** One derivative of one asset, made as far as the row says. */
export interface NamedDerivative {
  readonly assetId: string;
  readonly key: string;
}

/** Which rows are asked: those of one package, or of the packages of some media roots. */
export type DerivativesOf = { readonly packageId: string } | { readonly rootIds: readonly string[] };

const BATCH = 5000;

/** The derivatives that count as made, in batches, by key. */
export async function* namedDerivatives(sql: Sql, of: DerivativesOf): AsyncGenerator<readonly NamedDerivative[]> {
  const whose =
    'packageId' in of
      ? sql`assets.package_id = ${of.packageId}`
      : sql`assets.package_id IN (SELECT id FROM packages WHERE media_root = ANY (${[...of.rootIds]}::text[]))`;
  yield* sql<NamedDerivative[]>`
    SELECT assets.id AS "assetId", made.key
    FROM assets, LATERAL (VALUES
      (thumbnail_status, thumbnail_key), (proxy_status, proxy_key), (sprite_status, sprite_key),
      (waveform_status, waveform_key)
    ) AS made(status, key)
    WHERE ${whose} AND made.status = 'ready' AND made.key IS NOT NULL
    ORDER BY made.key COLLATE "C"`.cursor(BATCH);
}

/** Sets lost derivatives back to pending, unless they are being made. @returns the packages that they are of. */
export async function makeAgain(sql: TransactionSql, lost: readonly NamedDerivative[]): Promise<Set<string>> {
  const ids = [...new Set(lost.map(({ assetId }) => assetId))];
  const keys = [...new Set(lost.map(({ key }) => key))];
  const rows = await sql<{ package_id: string }[]>`
    SELECT DISTINCT package_id FROM make_derivatives_again(${ids}::uuid[], ${keys}::text[])`;
  return new Set(rows.map((row) => row.package_id));
}

/** Asks for the work on packages that have something to make again and that no person holds. */
export async function requestWork(sql: TransactionSql, packageIds: Iterable<string>): Promise<void> {
  const rows = await sql<{ id: string }[]>`
    SELECT id FROM packages
    WHERE id = ANY (${[...packageIds]}::uuid[]) AND deleted_at IS NULL AND NOT ${isHeld(sql)}`;
  for (const { id } of rows) await requestRescan(sql, id);
}
