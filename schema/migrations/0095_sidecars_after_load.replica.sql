-- The replica only, and after its first load: the kept counts tell sidecars apart, which lists leave out.

DROP VIEW package_summaries;
DROP VIEW subject_summaries;
DROP TABLE asset_counts;

-- Assets that no one has deleted, by what the facets and summaries ask.
CREATE TABLE asset_counts (
  package_id uuid NOT NULL,
  subject_id uuid,
  camera text,
  file_type text NOT NULL,
  asset_type text NOT NULL,
  review_status text NOT NULL,
  picked_up boolean NOT NULL,
  is_sidecar boolean NOT NULL,
  asset_count integer NOT NULL,
  size_bytes bigint NOT NULL,
  -- Whole numbers, so that what is added and taken away again leaves nothing.
  duration_ms bigint NOT NULL,
  timed_count integer NOT NULL,
  problem_count integer NOT NULL,
  posed_count integer NOT NULL,
  UNIQUE NULLS NOT DISTINCT (package_id, subject_id, camera, file_type, asset_type, review_status, picked_up, is_sidecar)
);

INSERT INTO asset_counts
SELECT
  package_id, subject_id, camera, file_type, asset_type, review_status, picked_up_at IS NOT NULL,
  sidecar_of IS NOT NULL,
  count(*), sum(size_bytes), coalesce(sum(round(duration_seconds * 1000)::bigint), 0), count(duration_seconds),
  count(problem), count(yaw)
FROM assets
WHERE deleted_at IS NULL
GROUP BY package_id, subject_id, camera, file_type, asset_type, review_status, picked_up_at IS NOT NULL,
  sidecar_of IS NOT NULL;

CREATE OR REPLACE FUNCTION count_assets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($sql$
    INSERT INTO asset_counts AS kept
    SELECT
      package_id, subject_id, camera, file_type, asset_type, review_status, picked_up_at IS NOT NULL,
      sidecar_of IS NOT NULL,
      sum(sign), sum(sign * size_bytes), coalesce(sum(sign * round(duration_seconds * 1000)::bigint), 0),
      coalesce(sum(sign) FILTER (WHERE duration_seconds IS NOT NULL), 0),
      coalesce(sum(sign) FILTER (WHERE problem IS NOT NULL), 0),
      coalesce(sum(sign) FILTER (WHERE yaw IS NOT NULL), 0)
    FROM %s AS changed
    WHERE deleted_at IS NULL
    GROUP BY package_id, subject_id, camera, file_type, asset_type, review_status, picked_up_at IS NOT NULL,
      sidecar_of IS NOT NULL
    ON CONFLICT (package_id, subject_id, camera, file_type, asset_type, review_status, picked_up, is_sidecar) DO UPDATE SET
      asset_count = kept.asset_count + excluded.asset_count,
      size_bytes = kept.size_bytes + excluded.size_bytes,
      duration_ms = kept.duration_ms + excluded.duration_ms,
      timed_count = kept.timed_count + excluded.timed_count,
      problem_count = kept.problem_count + excluded.problem_count,
      posed_count = kept.posed_count + excluded.posed_count$sql$, changed_rows(TG_OP));
  RETURN NULL;
END
$$;

CREATE VIEW package_summaries AS
SELECT
  packages.id AS package_id,
  packages.project_id,
  coalesce(sum(counts.asset_count) FILTER (WHERE NOT is_sidecar), 0)::integer AS asset_count,
  coalesce(sum(counts.size_bytes), 0)::bigint AS size_bytes,
  CASE
    WHEN sum(counts.timed_count) FILTER (WHERE NOT is_sidecar) > 0
    THEN sum(counts.duration_ms) FILTER (WHERE NOT is_sidecar)::double precision / 1000
  END AS duration_seconds,
  coalesce(sum(counts.asset_count) FILTER (WHERE NOT is_sidecar AND counts.file_type = 'video'), 0)::integer AS video_count,
  coalesce(sum(counts.asset_count) FILTER (WHERE NOT is_sidecar AND counts.file_type = 'image'), 0)::integer AS image_count,
  coalesce(sum(counts.asset_count) FILTER (WHERE NOT is_sidecar AND counts.file_type = 'sequence'), 0)::integer AS sequence_count,
  coalesce(sum(counts.asset_count) FILTER (WHERE NOT is_sidecar AND counts.file_type = 'audio'), 0)::integer AS audio_count,
  coalesce(sum(counts.asset_count) FILTER (WHERE NOT is_sidecar AND counts.file_type = 'other'), 0)::integer AS other_count,
  coalesce(sum(counts.asset_count) FILTER (WHERE NOT is_sidecar AND counts.review_status = 'approved'), 0)::integer AS approved_count,
  coalesce(sum(counts.asset_count) FILTER (WHERE NOT is_sidecar AND counts.review_status = 'rejected'), 0)::integer AS rejected_count,
  coalesce(sum(counts.asset_count) FILTER (WHERE NOT is_sidecar AND counts.review_status = 'flagged'), 0)::integer AS flagged_count,
  coalesce(sum(counts.problem_count) FILTER (WHERE NOT is_sidecar), 0)::integer AS problem_count,
  coalesce(sum(counts.posed_count) FILTER (WHERE NOT is_sidecar), 0)::integer AS posed_count
FROM packages
JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
LEFT JOIN asset_counts AS counts ON counts.package_id = packages.id
WHERE packages.deleted_at IS NULL
GROUP BY packages.id;

CREATE INDEX asset_counts_subject ON asset_counts (subject_id);

CREATE VIEW subject_summaries AS
SELECT
  subjects.id AS subject_id,
  subjects.project_id,
  (
    SELECT count(*)::integer FROM packages
    WHERE packages.deleted_at IS NULL AND (
      packages.subject_id = subjects.id OR packages.id IN (
        SELECT package_id FROM packages_subjects WHERE packages_subjects.subject_id = subjects.id
      )
    )
  ) AS package_count,
  coalesce(sum(counts.asset_count) FILTER (WHERE NOT is_sidecar), 0)::integer AS asset_count,
  coalesce(sum(counts.size_bytes), 0)::bigint AS size_bytes,
  CASE
    WHEN sum(counts.timed_count) FILTER (WHERE NOT is_sidecar) > 0
    THEN sum(counts.duration_ms) FILTER (WHERE NOT is_sidecar)::double precision / 1000
  END AS duration_seconds,
  coalesce(sum(counts.posed_count) FILTER (WHERE NOT is_sidecar), 0)::integer AS posed_count
FROM subjects
JOIN projects ON projects.id = subjects.project_id AND projects.deleted_at IS NULL
LEFT JOIN (asset_counts AS counts JOIN packages ON packages.id = counts.package_id AND packages.deleted_at IS NULL)
  ON counts.subject_id = subjects.id
WHERE subjects.deleted_at IS NULL
GROUP BY subjects.id;
