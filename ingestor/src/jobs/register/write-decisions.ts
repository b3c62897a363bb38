/** Writes the decisions about files and rows in one transaction, so that no reader sees half of them. */
import type { TransactionSql } from '../../sql/client.ts';
import { keepFormerFiles } from '../../sql/former-files.ts';
import type { KnownAsset } from '../../sql/known-assets.ts';
import { mergeAssets } from '../../sql/merge-assets.ts';
import { lockMoving, lockPlaces, moveToPlaces } from '../../sql/moved-assets.ts';
import { markMissing, noteFrames } from '../../sql/register-assets.ts';
import { type Assignment, type Decisions, isReplaced } from './decide-places.ts';

/** @throws Error when a row has changed since it was read: the scan is then repeated. */
export async function writeDecisions(
  sql: TransactionSql,
  packageId: string,
  { assigned, absorbed, lost }: Decisions,
): Promise<void> {
  if (lost.length > 0) await lockPlaces(sql, packageId, 'gone');
  await lockMoving(sql, packageId);
  await checkRows(sql, [...assigned.map(({ row }) => row), ...absorbed.map(({ row }) => row), ...lost]);
  await keepFormerFiles(
    sql,
    assigned.filter(isReplaced).map(({ row }) => row),
  );
  await markMissing(
    sql,
    lost.map(({ id }) => id),
  );
  await mergeAssets(
    sql,
    absorbed.map(({ row, into }) => ({ id: row.id, intoId: into.id })),
  );
  await moveToPlaces(
    sql,
    assigned.filter(isToMove).map(({ row, place, isSame }) => ({ id: row.id, packageId, place, isSame })),
  );
  await noteFrames(
    sql,
    packageId,
    assigned.filter(({ isSame }) => isSame).map(({ place }) => place),
  );
}

/** Returns false for a file edited in place, which registration detects as changed unless size and time are equal. */
function isToMove({ row, place, isSame }: Assignment): boolean {
  const isAtHome = row.relativePath === place.relativePath && row.missingSince === null;
  return !isAtHome || isSame || row.modifiedNs === String(place.modifiedNs);
}

async function checkRows(sql: TransactionSql, rows: readonly KnownAsset[]): Promise<void> {
  const known = JSON.stringify(
    rows.map(({ id, packageId, relativePath, missingSince }) => ({
      id,
      package_id: packageId,
      relative_path: relativePath,
      is_missing: missingSince !== null,
    })),
  );
  const found = await sql`
    SELECT FROM assets
    JOIN json_to_recordset(${known}::text::json) AS known(id uuid, package_id uuid, relative_path text, is_missing boolean)
      ON known.id = assets.id AND known.package_id = assets.package_id AND known.relative_path = assets.relative_path
      AND known.is_missing = (assets.missing_since IS NOT NULL)
    ORDER BY assets.id
    FOR NO KEY UPDATE OF assets`;
  if (found.count !== rows.length)
    throw new Error('Assets were moved by another process while their files were looked up.');
}
