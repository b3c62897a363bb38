/** Stores people's corrections for the next analysis. */
import { correctionKind, NAME_KINDS } from '@ingesthub/schema/library/corrections.ts';
import { placementEntry } from '@ingesthub/schema/library/placements.ts';
import type { DeliveryPlaces } from '@ingesthub/schema/library/where-else.ts';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import type { FolderCorrection, RememberedCorrection } from '../analyze/rules/corrections.ts';
import type { Sql, TransactionSql } from './client.ts';

/**
 * Stores corrections of folders for the whole studio; the latest one for a folder and a field replaces earlier ones.
 *
 * @param actor the person who corrected.
 */
export async function rememberCorrections(
  sql: TransactionSql,
  corrections: readonly FolderCorrection[],
  actor: string,
): Promise<void> {
  if (corrections.length === 0) return;
  const rows = corrections.map(({ kind, name, value }) => ({ id: uuid(), kind, name, value }));
  const [before] = await sql<{ actor: string | null }[]>`SELECT current_setting('ihub.actor', true) AS actor`;
  await sql`SELECT set_config('ihub.actor', ${actor}, true)`;
  const said = sql`json_to_recordset(${JSON.stringify(rows)}::text::json) AS said(id uuid, kind text, name text, value text)`;
  await sql`
    DELETE FROM corrections USING ${said}
    WHERE corrections.project_id IS NULL AND corrections.kind = said.kind AND corrections.name = said.name`;
  await sql`INSERT INTO corrections (id, kind, name, value) SELECT id, kind, name, value FROM ${said}`;
  await sql`SELECT set_config('ihub.actor', ${before?.actor ?? ''}, true)`;
}

export interface CorrectionsWanted {
  /** Patterns of folders, from `patternsOf`. */
  readonly patterns: readonly string[];
  /** Null: only corrections for the whole studio. */
  readonly projectId: string | null;
}

/** Returns the corrections of the given folders, and all of names. */
export async function findCorrections(
  sql: Sql | TransactionSql,
  { patterns, projectId }: CorrectionsWanted,
): Promise<RememberedCorrection[]> {
  const rows = await sql<
    { project_id: string | null; kind: string; name: string; value: string | null; by: string; at: Date }[]
  >`
    SELECT project_id, kind, name, value, updated_by AS by, updated_at AS at
    FROM corrections
    WHERE deleted_at IS NULL
      AND (project_id IS NULL OR project_id = ${projectId}::uuid)
      AND (kind = ANY (${[...NAME_KINDS, 'people_depth']}::text[]) OR name = ANY (${[...patterns]}::text[]))`;
  return rows.map(({ project_id: projectId, kind, name, value, by, at }) => ({
    projectId,
    kind: correctionKind.parse(kind),
    name,
    value,
    correctedBy: by,
    correctedAt: at,
  }));
}

/**
 * Returns the project of a folder that is no package yet: the one that a person chose, else the only one of the
 * packages beside it. Null when neither tells.
 */
export async function likelyProject(sql: Sql | TransactionSql, folder: string): Promise<string | null> {
  const [row] = await sql<{ project_id: string | null }[]>`
    SELECT coalesce(
      (SELECT project_id FROM incoming WHERE source_path = ${folder}),
      ${projectBeside(sql, sql`${folder}::text`)}
    ) AS project_id`;
  return row?.project_id ?? null;
}

/** The only project of the packages beside a folder, as an expression. @param path an expression of its path. */
function projectBeside(sql: Sql | TransactionSql, path: ReturnType<Sql>) {
  return sql`(
    SELECT CASE WHEN count(DISTINCT packages.project_id) = 1 THEN min(packages.project_id::text)::uuid END
    FROM packages JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
    WHERE packages.deleted_at IS NULL
      AND regexp_replace(packages.source_path, '/[^/]*$', '') = regexp_replace(${path}, '/[^/]*$', '')
  )`;
}

const waiting = z.object({
  name: z.string(),
  places: z.array(placementEntry).nullable(),
  proposed: z.array(placementEntry).nullable(),
});
export interface WaitingDelivery extends DeliveryPlaces {
  /** The places as analysis proposed them; equal to its places where a person changed nothing. */
  readonly proposed: DeliveryPlaces['places'];
}

/** Returns the proposed folders that wait for a decision. @param projectId null: of every project and of none. */
export async function waitingDeliveries(sql: Sql, projectId: string | null): Promise<WaitingDelivery[]> {
  const rows = await sql`
    SELECT name, coalesce(placements, proposal->'entries') AS places, proposal->'entries' AS proposed
    FROM incoming
    WHERE status = 'proposed' AND decision IS NULL AND proposal IS NOT NULL
      AND (${projectId}::uuid IS NULL OR coalesce(project_id, ${projectBeside(sql, sql`incoming.source_path`)}) = ${projectId}::uuid)
    ORDER BY source_path`;
  return rows.map((row) => {
    const { name, places, proposed } = waiting.parse(row);
    return { name, places: places ?? [], proposed: proposed ?? [] };
  });
}

const listed = z.object({
  id: z.uuid(),
  kind: correctionKind,
  name: z.string(),
  value: z.string().nullable(),
  project: z.string().nullable(),
  project_id: z.uuid().nullable(),
  said_by: z.string(),
  said_at: z.date(),
});
export type ListedCorrection = z.infer<typeof listed>;

/** @param scope a project's id, 'studio' for those of no project, or null for all. */
export async function listCorrections(sql: Sql, scope: string | null): Promise<ListedCorrection[]> {
  const rows = await sql`
    SELECT corrections.id, kind, corrections.name, value, projects.name AS project, project_id,
      corrections.updated_by AS said_by, corrections.updated_at AS said_at
    FROM corrections LEFT JOIN projects ON projects.id = project_id
    WHERE corrections.deleted_at IS NULL AND projects.deleted_at IS NULL
      AND (${scope}::text IS NULL OR coalesce(project_id::text, 'studio') = ${scope})
    ORDER BY lower(projects.name) NULLS LAST, kind, lower(corrections.name), corrections.updated_at DESC`;
  return rows.map((row) => listed.parse(row));
}
