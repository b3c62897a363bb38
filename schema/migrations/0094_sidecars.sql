-- Files on a camera's card that only tell about a clip or about the card are kept, but no one looks for them in a list.
-- The clip's name, or the card's; null: the file is a recording, a picture or any other file of its own.
ALTER TABLE assets ADD COLUMN sidecar_of text;

CREATE OR REPLACE VIEW package_summaries AS
SELECT
  packages.id AS package_id,
  packages.project_id,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL)::integer AS asset_count,
  coalesce(sum(assets.size_bytes), 0)::bigint AS size_bytes,
  sum(assets.duration_seconds) FILTER (WHERE sidecar_of IS NULL) AS duration_seconds,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL AND assets.file_type = 'video')::integer AS video_count,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL AND assets.file_type = 'image')::integer AS image_count,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL AND assets.file_type = 'sequence')::integer AS sequence_count,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL AND assets.file_type = 'audio')::integer AS audio_count,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL AND assets.file_type = 'other')::integer AS other_count,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL AND assets.review_status = 'approved')::integer AS approved_count,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL AND assets.review_status = 'rejected')::integer AS rejected_count,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL AND assets.review_status = 'flagged')::integer AS flagged_count,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL AND assets.problem IS NOT NULL)::integer AS problem_count,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL AND assets.yaw IS NOT NULL)::integer AS posed_count
FROM packages
JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
LEFT JOIN assets ON assets.package_id = packages.id AND assets.deleted_at IS NULL
WHERE packages.deleted_at IS NULL
GROUP BY packages.id;

CREATE OR REPLACE VIEW subject_summaries AS
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
  count(assets.id) FILTER (WHERE sidecar_of IS NULL)::integer AS asset_count,
  coalesce(sum(assets.size_bytes), 0)::bigint AS size_bytes,
  sum(assets.duration_seconds) FILTER (WHERE sidecar_of IS NULL) AS duration_seconds,
  count(assets.id) FILTER (WHERE sidecar_of IS NULL AND assets.yaw IS NOT NULL)::integer AS posed_count
FROM subjects
JOIN projects ON projects.id = subjects.project_id AND projects.deleted_at IS NULL
LEFT JOIN (assets JOIN packages ON packages.id = assets.package_id AND packages.deleted_at IS NULL)
  ON assets.subject_id = subjects.id AND assets.deleted_at IS NULL
WHERE subjects.deleted_at IS NULL
GROUP BY subjects.id;
