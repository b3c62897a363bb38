/** The events of a project that this device knows of: ingests, packages and subjects, and its own changes. */
import type { RunRow } from '@ingesthub/schema/library/rows.ts';
import type { LiveQueryInput } from '../replica/read/create-live-query.ts';
import { type RunProgress, runColumns } from './runs.ts';

/** The most events of each kind; older ones are not listed. */
const MOST = 200;

export interface ThingEventRow {
  readonly id: string;
  readonly kind: 'package' | 'subject' | 'project';
  readonly event: 'created' | 'picked up' | 'deleted';
  readonly at: Date;
  /** The person, where the library keeps who it was. */
  readonly who: string | null;
  readonly name: string;
  readonly thing_id: string;
}

/** {@link ThingEventRow} rows of a project and its packages and subjects, the latest first. */
export function thingEventsQuery(projectId: string): LiveQueryInput {
  const events = (table: string, kind: ThingEventRow['kind'], column: string) => `
    SELECT '${kind}' AS kind, 'created' AS event, created_at AS at, NULL AS who, name, id AS thing_id
    FROM ${table} WHERE ${column} = $1
    UNION ALL
    SELECT '${kind}', 'deleted', deleted_at, deleted_by, name, id
    FROM ${table} WHERE ${column} = $1 AND deleted_at IS NOT NULL`;
  return {
    reads: ['projects', 'packages', 'subjects'].map((table) => ({ table })),
    statement: {
      text: `
        SELECT thing_id || ' ' || event AS id, events.* FROM (
          ${events('packages', 'package', 'project_id')}
          UNION ALL ${events('subjects', 'subject', 'project_id')}
          UNION ALL ${events('projects', 'project', 'id')}
          UNION ALL
          SELECT 'package', 'picked up', picked_up_at, picked_up_by, name, id
          FROM packages WHERE project_id = $1 AND picked_up_at IS NOT NULL
        ) AS events
        ORDER BY at DESC, id LIMIT ${MOST}`,
      values: [projectId],
    },
  };
}

export interface RunEventRow extends RunProgress {
  readonly id: string;
  readonly package_id: string;
  readonly package_name: string;
  readonly run_host: string | null;
  readonly run_started_at: Date;
  readonly run_finished_at: Date | null;
  readonly status: RunRow['status'];
}

/** {@link RunEventRow} rows of a project's packages, the latest first. */
export function runEventsQuery(projectId: string): LiveQueryInput {
  return {
    reads: [{ table: 'runs' }, { table: 'packages', columns: ['name', 'deleted_at'] }],
    statement: {
      text: `
        SELECT run.id, run.package_id, packages.name AS package_name, run.host AS run_host, run.status,
          coalesce(run.started_at, run.created_at) AS run_started_at, run.finished_at AS run_finished_at, ${runColumns}
        FROM runs AS run JOIN packages ON packages.id = run.package_id
        WHERE run.project_id = $1
        ORDER BY coalesce(run.finished_at, run.updated_at) DESC, run.id LIMIT ${MOST}`,
      values: [projectId],
    },
  };
}

export interface OwnChangeRow {
  /** The step's id. */
  readonly id: string;
  readonly label: string | null;
  /** Null: made before this device kept the time. */
  readonly at: Date | null;
  /** Whether any part of it still waits to be sent or confirmed. */
  readonly waiting: boolean;
}

/** {@link OwnChangeRow} rows of this device's changes to a project that can be undone here, the latest first. */
export function ownChangesQuery(projectId: string): LiveQueryInput {
  return {
    // No table read triggers it: refresh it with the status.
    reads: [],
    statement: {
      text: `
        SELECT step AS id, min(label) AS label, min(at) AS at, bool_or(waiting) AS waiting
        FROM (
          SELECT parts.step, parts.label, parts.position, coalesce(outbox.created_at, mutations.created_at) AS at,
            outbox.id IS NOT NULL AND outbox.error_code IS NULL AS waiting,
            (parts.inverse->0->'args'->'ids'->>0)::uuid AS unit
          FROM (
            SELECT * FROM replica.undo_parts WHERE state = 'done' ORDER BY position DESC LIMIT ${MOST}
          ) AS parts
          LEFT JOIN replica.outbox ON outbox.id = parts.mutation
          LEFT JOIN mutations ON mutations.id = parts.mutation
        ) AS parts
        WHERE unit = $1
          OR EXISTS (SELECT FROM packages WHERE packages.id = unit AND project_id = $1)
          OR EXISTS (SELECT FROM subjects WHERE subjects.id = unit AND project_id = $1)
          OR EXISTS (SELECT FROM assets WHERE assets.id = unit AND project_id = $1)
        GROUP BY step
        ORDER BY max(position) DESC`,
      values: [projectId],
    },
  };
}
