/** Reads the library for the command line, without deleted items. */
import { anyStepIs } from '@ingesthub/schema/library/asset-columns.ts';
import { mediaRootRow, type RunRow } from '@ingesthub/schema/library/rows.ts';
import { fileType, packageType, runStatus } from '@ingesthub/schema/library/vocabulary.ts';
import { z } from 'zod';
import type { Sql } from './client.ts';

const count = z.coerce.number().int();

const projectListing = z.object({
  id: z.uuid(),
  name: z.string(),
  type: packageType,
  packages: count,
  assets: count,
});
export async function listProjects(sql: Sql) {
  const rows = await sql`
    SELECT
      projects.id, projects.name, projects.type,
      count(packages.id) AS packages,
      coalesce(sum(package_summaries.asset_count), 0) AS assets
    FROM projects
    LEFT JOIN packages ON packages.project_id = projects.id AND packages.deleted_at IS NULL
    LEFT JOIN package_summaries ON package_summaries.package_id = packages.id
    WHERE projects.deleted_at IS NULL
    GROUP BY projects.id
    ORDER BY lower(projects.name)`;
  return z.array(projectListing).parse(rows);
}

const subjectListing = z.object({
  id: z.uuid(),
  name: z.string(),
  project: z.string(),
  packages: count,
  assets: count,
});
export async function listSubjects(sql: Sql) {
  const rows = await sql`
    SELECT
      subjects.id, subjects.name, projects.name AS project,
      subject_summaries.package_count AS packages, subject_summaries.asset_count AS assets
    FROM subjects
    JOIN projects ON projects.id = subjects.project_id AND projects.deleted_at IS NULL
    JOIN subject_summaries ON subject_summaries.subject_id = subjects.id
    ORDER BY lower(projects.name), lower(subjects.name)`;
  return z.array(subjectListing).parse(rows);
}

const packageListing = z.object({
  id: z.uuid(),
  name: z.string(),
  project: z.string(),
  type: packageType,
  status: z.string(),
  assets: count,
  problems: count,
  tags: z.array(z.string()),
  source_path: z.string(),
});
export async function listPackages(sql: Sql) {
  const rows = await sql`
    SELECT
      packages.id, packages.name, projects.name AS project, packages.type, packages.status,
      package_summaries.asset_count AS assets, package_summaries.problem_count AS problems,
      packages.tags, packages.source_path
    FROM packages
    JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
    JOIN package_summaries ON package_summaries.package_id = packages.id
    ORDER BY packages.created_at DESC`;
  return z.array(packageListing).parse(rows);
}

const totals = z.object({
  runs: z.object({ queued: count, active: count, done: count, failed: count, cancelled: count }),
  assets: z.object({ total: count, pending: count, with_problems: count, missing: count }),
});
export async function readTotals(sql: Sql): Promise<z.infer<typeof totals>> {
  const [runs] = await sql`
    SELECT
      count(*) FILTER (WHERE status = 'queued') AS queued,
      count(*) FILTER (WHERE status IN ('scanning', 'processing')) AS active,
      count(*) FILTER (WHERE status = 'done') AS done,
      count(*) FILTER (WHERE status = 'failed') AS failed,
      count(*) FILTER (WHERE status = 'cancelled') AS cancelled
    FROM runs`;
  const [assets] = await sql`
    SELECT
      count(*) AS total,
      count(*) FILTER (
        WHERE ${sql.unsafe(anyStepIs('pending'))}
      ) AS pending,
      count(*) FILTER (WHERE assets.problem IS NOT NULL) AS with_problems,
      count(*) FILTER (WHERE missing_since IS NOT NULL) AS missing
    FROM assets
    JOIN packages ON packages.id = assets.package_id AND packages.deleted_at IS NULL
    JOIN projects ON projects.id = assets.project_id AND projects.deleted_at IS NULL
    WHERE assets.deleted_at IS NULL`;
  return totals.parse({ runs, assets });
}

export interface RunReport {
  readonly run: RunRow;
  readonly package: { id: string; name: string; type: string; status: string; source_path: string };
  readonly project: { id: string; name: string };
  readonly assets: { total: number; by_file_type: Record<string, number>; with_problems: number };
  readonly problems: { relative_path: string; problem: string }[];
}

const names = z.object({
  package_id: z.uuid(),
  package: z.string(),
  type: packageType,
  status: z.string(),
  source_path: z.string(),
  project_id: z.uuid(),
  project: z.string(),
});

/** Reports a run with the package's assets in their present state. */
export async function readRunReport(sql: Sql, run: RunRow): Promise<RunReport> {
  const [row] = await sql`
    SELECT
      packages.id AS package_id, packages.name AS package, packages.type, packages.status, packages.source_path,
      projects.id AS project_id, projects.name AS project
    FROM packages
    JOIN projects ON projects.id = packages.project_id
    WHERE packages.id = ${run.package_id}`;
  const found = names.parse(row);
  const types = z.array(z.object({ file_type: fileType, count })).parse(
    await sql`
      SELECT file_type, count(*) AS count FROM assets WHERE package_id = ${run.package_id} AND deleted_at IS NULL
      GROUP BY file_type ORDER BY file_type`,
  );
  const problems = await sql<{ relative_path: string; problem: string }[]>`
    SELECT relative_path, problem FROM assets
    WHERE package_id = ${run.package_id} AND problem IS NOT NULL AND deleted_at IS NULL
    ORDER BY relative_path`;
  return {
    run,
    package: {
      id: found.package_id,
      name: found.package,
      type: found.type,
      status: found.status,
      source_path: found.source_path,
    },
    project: { id: found.project_id, name: found.project },
    assets: {
      total: types.reduce((sum, type) => sum + type.count, 0),
      by_file_type: Object.fromEntries(types.map((type) => [type.file_type, type.count])),
      with_problems: problems.length,
    },
    problems: problems.map(({ relative_path, problem }) => ({ relative_path, problem })),
  };
}

const incomingListing = z.object({
  id: z.uuid(),
  source_path: z.string(),
  status: z.string(),
  decision: z.string().nullable(),
  project: z.string().nullable(),
  type: packageType.nullable(),
  confidence: z.coerce.number().nullable(),
  files: count,
  size_bytes: z.coerce.number(),
  problem: z.string().nullable(),
});
/** Lists incoming folders, except those that became packages. */
export async function listIncoming(sql: Sql) {
  const rows = await sql`
    SELECT
      incoming.id, incoming.source_path, incoming.status, incoming.decision, projects.name AS project,
      coalesce(incoming.type, incoming.proposal->>'type') AS type,
      (incoming.proposal->>'confidence')::double precision AS confidence,
      incoming.file_count AS files, incoming.size_bytes, incoming.problem
    FROM incoming
    LEFT JOIN projects ON projects.id = incoming.project_id AND projects.deleted_at IS NULL
    WHERE incoming.status <> 'ingested'
    ORDER BY incoming.created_at DESC`;
  return z.array(incomingListing).parse(rows);
}

/** Only the latest are listed; the library keeps all. */
const LISTED_RUNS = 100;

const runListing = z.object({
  id: z.uuid(),
  package: z.string(),
  project: z.string(),
  status: z.string(),
  held: z.string().nullable(),
  host: z.string().nullable(),
  files_found: count,
  assets_registered: count,
  assets_failed: count,
  created_at: z.coerce.date(),
  finished_at: z.coerce.date().nullable(),
  problem: z.string().nullable(),
});

/** Lists unfinished runs first, then the latest. */
export async function listRuns(sql: Sql) {
  const rows = await sql`
    SELECT
      runs.id, packages.name AS package, projects.name AS project, runs.status, runs.held, runs.host,
      runs.files_found, runs.assets_registered, runs.assets_failed, runs.created_at, runs.finished_at, runs.problem
    FROM runs
    JOIN packages ON packages.id = runs.package_id
    JOIN projects ON projects.id = runs.project_id
    ORDER BY runs.status IN ('done', 'failed', 'cancelled'), runs.created_at DESC
    LIMIT ${LISTED_RUNS}`;
  return z.array(runListing).parse(rows);
}

/** Lists media roots as the ingestors see them. */
export async function listRoots(sql: Sql) {
  const rows = await sql`SELECT host, path, id, has_sentinel, problem, seen_at FROM media_roots ORDER BY host, path`;
  return z.array(mediaRootRow).parse(rows);
}

const workCount = z.object({ kind: z.string(), pending: count, done: count, failed: count });
export type WorkReport = z.infer<typeof workCount>;

/** Counts each kind of work on a package's assets. */
export async function readPackageWork(sql: Sql, packageId: string): Promise<WorkReport[]> {
  const rows = await sql`
    SELECT
      work.kind,
      count(*) FILTER (WHERE work.status = 'pending') AS pending,
      count(*) FILTER (WHERE work.status = 'ready') AS done,
      count(*) FILTER (WHERE work.status = 'failed') AS failed
    FROM assets, LATERAL (VALUES
      (1, 'probe', probe_status), (2, 'thumbnail', thumbnail_status), (3, 'proxy', proxy_status),
      (4, 'sprite', sprite_status), (5, 'waveform', waveform_status)
    ) AS work(place, kind, status)
    WHERE assets.package_id = ${packageId} AND missing_since IS NULL AND deleted_at IS NULL
    GROUP BY work.place, work.kind
    ORDER BY work.place`;
  return z.array(workCount).parse(rows);
}

const waiting = z.object({ kind: z.string(), waiting: count });

/** Counts waiting work by kind, from the assets' own states. */
export async function readWaiting(sql: Sql) {
  const rows = await sql`
    SELECT work.kind, count(*) FILTER (WHERE work.status = 'pending') AS waiting
    FROM assets, LATERAL (VALUES
      (1, 'probe', probe_status), (2, 'thumbnail', thumbnail_status), (3, 'proxy', proxy_status),
      (4, 'sprite', sprite_status), (5, 'waveform', waveform_status)
    ) AS work(place, kind, status)
    -- The predicate of the index assets_pending.
    WHERE ${sql.unsafe(anyStepIs('pending'))}
      AND missing_since IS NULL AND deleted_at IS NULL
    GROUP BY work.place, work.kind
    ORDER BY work.place`;
  return z.array(waiting).parse(rows);
}

const openProblem = z.object({
  /** Subject of the problem: an ingestor, a media root, a package, a waiting run or an incoming folder. */
  of: z.enum(['ingestor', 'root', 'package', 'run', 'incoming']),
  name: z.string(),
  problem: z.string(),
});

/** Lists problems that need attention, except those of assets, which the packages' counts show. */
export async function listProblems(sql: Sql) {
  const rows = await sql`
    SELECT 'ingestor' AS of, host AS name, problem FROM ingestors WHERE problem IS NOT NULL
    UNION ALL
    SELECT 'root', host || ':' || path, problem FROM media_roots WHERE problem IS NOT NULL
    UNION ALL
    SELECT 'package', packages.name, problem FROM packages
    JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
    WHERE problem IS NOT NULL AND packages.deleted_at IS NULL
    UNION ALL
    SELECT 'run', packages.name, runs.problem FROM runs
    JOIN packages ON packages.id = runs.package_id AND packages.deleted_at IS NULL
    WHERE runs.problem IS NOT NULL AND runs.status = 'queued'
    UNION ALL
    SELECT 'incoming', source_path, problem FROM incoming
    WHERE problem IS NOT NULL AND status <> 'gone' AND decision IS DISTINCT FROM 'dismissed'
    ORDER BY 1, 2`;
  return z.array(openProblem).parse(rows);
}

const runCount = z.object({ status: runStatus, count });

/** Counts the runs of each status, including statuses without runs. */
export async function readRunCounts(sql: Sql) {
  const rows = await sql`
    SELECT status, count(runs.id) AS count
    FROM unnest(${[...runStatus.options]}::text[]) AS status
    LEFT JOIN runs USING (status)
    GROUP BY status
    ORDER BY status`;
  return z.array(runCount).parse(rows);
}
