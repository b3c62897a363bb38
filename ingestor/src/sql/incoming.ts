/** Folders found below media roots, and their state. */

import type { FolderProposal } from '@ingesthub/schema/library/proposal.ts';
import { type StoredIncomingRow, storedIncomingRow } from '@ingesthub/schema/library/rows.ts';
import { v7 as uuid } from 'uuid';
import type { Sql, TransactionSql } from './client.ts';

/**
 * Returns the source folders of all packages below a root, including deleted ones, and the folders that were ingested.
 */
export async function coveredFolders(sql: Sql, root: string): Promise<Set<string>> {
  const rows = await sql<{ path: string }[]>`
    SELECT source_path AS path FROM packages
    WHERE source_path = ${root} OR starts_with(source_path, rtrim(${root}, '/') || '/')
    UNION
    SELECT source_path FROM incoming WHERE status = 'ingested'`;
  return new Set(rows.map((row) => row.path));
}

/** Returns the folders below a root that are not packages yet. */
export async function openIncoming(sql: Sql, rootId: string): Promise<Map<string, StoredIncomingRow>> {
  const rows = await sql`SELECT * FROM incoming WHERE media_root = ${rootId} AND status <> 'ingested'`;
  return new Map(rows.map((row) => storedIncomingRow.parse(row)).map((row) => [row.source_path, row]));
}

export async function writeSettling(
  sql: TransactionSql,
  folder: { rootId: string; path: string; name: string; files: number; size: number; problem: string },
): Promise<void> {
  await sql`
    INSERT INTO incoming (id, media_root, source_path, name, status, file_count, size_bytes, problem)
    VALUES (
      ${uuid()}, ${folder.rootId}, ${folder.path}, ${folder.name}, 'settling', ${folder.files}, ${folder.size},
      ${folder.problem}
    )
    ON CONFLICT (source_path) DO UPDATE SET
      media_root = excluded.media_root,
      status = 'settling',
      file_count = excluded.file_count,
      size_bytes = excluded.size_bytes,
      problem = excluded.problem,
      changed_at = now()
    WHERE incoming.status <> 'ingested'
      AND (incoming.status, incoming.file_count, incoming.size_bytes, incoming.problem)
        IS DISTINCT FROM ('settling', excluded.file_count, excluded.size_bytes, excluded.problem)`;
}

export async function writeProposal(
  sql: TransactionSql,
  path: string,
  found: { files: number; size: number; fingerprint: string; proposal: FolderProposal },
): Promise<void> {
  await sql`
    UPDATE incoming SET
      status = 'proposed',
      problem = NULL,
      file_count = ${found.files},
      size_bytes = ${found.size},
      fingerprint = ${found.fingerprint},
      proposal = ${sql.json(found.proposal as never)}
    WHERE source_path = ${path} AND status IN ('settling', 'proposed', 'gone')`;
}

export async function setIncomingProblem(sql: Sql | TransactionSql, path: string, problem: string): Promise<void> {
  await sql`
    UPDATE incoming SET problem = ${problem} WHERE source_path = ${path} AND problem IS DISTINCT FROM ${problem}`;
}

/** Marks folders that are no longer on disk. */
export async function markGone(sql: Sql, paths: readonly string[]): Promise<void> {
  await sql`
    UPDATE incoming SET status = 'gone', problem = NULL
    WHERE source_path = ANY (${[...paths]}::text[]) AND status IN ('settling', 'proposed')`;
}

/** Marks folders that became packages in another way: by a command, or under another name of the same folder. */
export async function markIngested(sql: Sql, rootId: string): Promise<void> {
  await sql`
    UPDATE incoming SET status = 'ingested', problem = NULL, package_id = packages.id
    FROM packages
    WHERE incoming.media_root = ${rootId} AND incoming.status <> 'ingested'
      AND packages.source_path = incoming.source_path`;
}

/**
 * Returns the accepted folders of some roots whose package has yet to be created; locked until the transaction ends.
 */
export async function acceptedFolders(sql: TransactionSql, rootIds: readonly string[]): Promise<StoredIncomingRow[]> {
  const rows = await sql`
    SELECT * FROM incoming
    WHERE decision = 'accepted' AND status = 'proposed' AND package_id IS NULL
      AND media_root = ANY (${[...rootIds]}::text[])
    ORDER BY updated_at, id
    FOR UPDATE SKIP LOCKED`;
  return rows.map((row) => storedIncomingRow.parse(row));
}

export async function becomePackage(sql: TransactionSql, id: string, packageId: string): Promise<void> {
  await sql`UPDATE incoming SET status = 'ingested', problem = NULL, package_id = ${packageId} WHERE id = ${id}`;
}

/** Returns what was decided about a folder before it became a package; null when it was never proposed. */
export async function incomingOf(
  sql: Sql,
  packageId: string,
): Promise<Pick<StoredIncomingRow, 'proposal' | 'placements' | 'type' | 'updated_by'> | null> {
  const [row] = await sql`SELECT * FROM incoming WHERE package_id = ${packageId} ORDER BY updated_at DESC LIMIT 1`;
  return row ? storedIncomingRow.parse(row) : null;
}

/** Accepts a folder into a project on behalf of a rule. */
export async function acceptByRule(sql: TransactionSql, path: string, projectId: string): Promise<void> {
  await sql`
    UPDATE incoming SET decision = 'accepted', project_id = ${projectId}
    WHERE source_path = ${path} AND decision IS NULL`;
}
