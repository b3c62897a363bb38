/** Corrections: what people said about names, and the deliveries to which a correction would apply. */
import type { CorrectionRow } from '@ingesthub/schema/library/rows.ts';
import type { Place } from '@ingesthub/schema/library/where-else.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';

export interface CorrectionListRow extends CorrectionRow {
  /** Null for the whole studio. */
  readonly project_name: string | null;
}

/** {@link CorrectionListRow} rows, those of projects first. @param projectId null: of every project and the studio. */
export function correctionsQuery(projectId: string | null): LiveQueryInput {
  return {
    reads: [{ table: 'corrections' }, { table: 'projects', columns: ['name', 'deleted_at'] }],
    statement: {
      text: `
        SELECT corrections.*, projects.name AS project_name
        FROM corrections LEFT JOIN projects ON projects.id = corrections.project_id
        WHERE corrections.deleted_at IS NULL AND projects.deleted_at IS NULL
          AND ($1::uuid IS NULL OR corrections.project_id IS NULL OR corrections.project_id = $1)
        ORDER BY lower(projects.name) NULLS LAST, corrections.kind, lower(corrections.name), corrections.updated_at DESC`,
      values: [projectId],
    },
  };
}

export interface WaitingDeliveryRow {
  readonly id: string;
  readonly name: string;
  readonly places: readonly Place[] | null;
}

/**
 * {@link WaitingDeliveryRow} rows of proposed folders that wait for a decision.
 *
 * @param projectId those that a person gave to this project, or that lie beside packages of no other; null: all.
 */
export function waitingDeliveriesQuery(projectId: string | null): LiveQueryInput {
  return {
    reads: [{ table: 'incoming' }, { table: 'packages', columns: ['source_path', 'deleted_at', 'project_id'] }],
    statement: {
      text: `
        SELECT incoming.id, incoming.name, coalesce(incoming.placements, incoming.proposal->'entries') AS places
        FROM incoming
        WHERE incoming.status = 'proposed' AND incoming.decision IS NULL AND incoming.proposal IS NOT NULL
          AND ($1::uuid IS NULL OR coalesce(incoming.project_id, (
            SELECT CASE WHEN count(DISTINCT packages.project_id) = 1 THEN min(packages.project_id::text)::uuid END
            FROM packages
            WHERE packages.deleted_at IS NULL
              AND regexp_replace(packages.source_path, '/[^/]*$', '') = regexp_replace(incoming.source_path, '/[^/]*$', '')
          )) = $1)
        ORDER BY incoming.source_path`,
      values: [projectId],
    },
  };
}
