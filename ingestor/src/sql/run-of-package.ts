/** Parts of statements that derive the state of a package's work from its runs, for a row of `packages`. */
import type { Sql, TransactionSql } from './client.ts';

/**
 * Selects, as one JSON object, the options that a person chose last and that apply to the whole package, whatever
 * starts the next run.
 */
export function askedFor(sql: Sql | TransactionSql) {
  return sql`
    SELECT jsonb_strip_nulls(jsonb_build_object(
      'skip_proxies', runs.options->'skip_proxies',
      'proxy_height', runs.options->'proxy_height',
      'skip_links', runs.options->'skip_links'
    ))
    FROM runs
    WHERE runs.package_id = packages.id
      AND runs.options->'unattended' IS DISTINCT FROM 'true' AND runs.options->'asset_ids' IS NULL
    ORDER BY runs.created_at DESC, runs.id DESC
    LIMIT 1`;
}

/**
 * True when no work may be done in the package: a person holds one of its runs, or cancelled the latest. A cancelled
 * run that left nothing to do does not count.
 */
export function isHeld(sql: Sql | TransactionSql) {
  return sql`(
    EXISTS (
      SELECT FROM runs
      WHERE runs.package_id = packages.id AND runs.held IS NOT NULL
        AND runs.status IN ('queued', 'scanning', 'processing')
    )
    OR coalesce('cancelled' = (
      SELECT runs.status FROM runs
      WHERE runs.package_id = packages.id AND NOT runs.undone
      ORDER BY runs.created_at DESC, runs.id DESC
      LIMIT 1
    ), false)
  )`;
}
