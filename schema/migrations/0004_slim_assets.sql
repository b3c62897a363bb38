-- An asset's row keeps what a grid shows, sorts and filters by. Tags, paths and the facts of one asset
-- alone have tables of their own, so that a tag on ten thousand assets is ten thousand short rows, and a
-- long path is stored once.

CREATE TABLE folders (
  package_id uuid NOT NULL REFERENCES packages ON DELETE CASCADE,
  -- Counts up within the package.
  number integer NOT NULL,
  project_id uuid NOT NULL,
  -- Within the package's source folder, '/' between parts; '' is the source folder itself.
  path text NOT NULL CHECK (left(path, 1) <> '/' AND right(path, 1) <> '/'),
  PRIMARY KEY (package_id, number)
);

CREATE TABLE asset_tags (
  asset_id uuid NOT NULL REFERENCES assets ON DELETE CASCADE,
  tag text NOT NULL CHECK (tag <> ''),
  -- The asset's. Not checked again: two look-ups for each of ten thousand tags.
  package_id uuid NOT NULL,
  project_id uuid NOT NULL,
  PRIMARY KEY (asset_id, tag)
);

INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
SELECT assets.id, tag, assets.package_id, assets.project_id FROM assets, unnest(assets.tags) AS tag;

-- What is read of one asset at a time. A browser has it of the packages that were opened there.
CREATE TABLE asset_metadata (
  asset_id uuid PRIMARY KEY REFERENCES assets ON DELETE CASCADE,
  package_id uuid NOT NULL REFERENCES packages ON DELETE CASCADE,
  -- A rational: 24000/1001.
  frame_rate_numerator integer CHECK (frame_rate_numerator > 0),
  frame_rate_denominator integer CHECK (frame_rate_denominator > 0),
  -- As ffprobe names them.
  codec text,
  audio_codec text,
  audio_channels integer CHECK (audio_channels > 0),
  sample_rate integer CHECK (sample_rate > 0)
);

INSERT INTO asset_metadata
SELECT id, package_id, frame_rate_numerator, frame_rate_denominator, codec, audio_codec, audio_channels, sample_rate
FROM assets
WHERE probe_status = 'ready';

ALTER TABLE assets
  DROP COLUMN tags,
  DROP COLUMN frame_rate_numerator,
  DROP COLUMN frame_rate_denominator,
  DROP COLUMN codec,
  DROP COLUMN audio_codec,
  DROP COLUMN audio_channels,
  DROP COLUMN sample_rate,
  -- The number of its folder.
  ADD COLUMN folder integer,
  -- A ThumbHash (https://evanw.github.io/thumbhash/), about 25 bytes: shown until the thumbnail is there.
  ADD COLUMN placeholder bytea,
  -- Differ whenever the derivative's key does: what a browser asks for is immutable.
  ADD COLUMN thumbnail_version integer,
  ADD COLUMN proxy_version integer,
  -- When a person deleted it; it can be restored for 30 days.
  ADD COLUMN deleted_at timestamptz,
  ADD COLUMN deleted_by text;

ALTER TABLE projects ADD COLUMN deleted_at timestamptz, ADD COLUMN deleted_by text;
ALTER TABLE subjects ADD COLUMN deleted_at timestamptz, ADD COLUMN deleted_by text;
ALTER TABLE packages ADD COLUMN deleted_at timestamptz, ADD COLUMN deleted_by text;

-- What somebody looked for, under a name, for everybody.
CREATE TABLE saved_filters (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (name <> ''),
  -- The address that shows it, within the app: '/packages/…?type=image'.
  address text NOT NULL CHECK (left(address, 1) = '/'),
  deleted_at timestamptz,
  deleted_by text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL DEFAULT 'system'
);

DROP VIEW package_summaries;
CREATE VIEW package_summaries AS
SELECT
  packages.id AS package_id,
  packages.project_id,
  count(assets.id)::integer AS asset_count,
  coalesce(sum(assets.size_bytes), 0)::bigint AS size_bytes,
  sum(assets.duration_seconds) AS duration_seconds,
  count(assets.id) FILTER (WHERE assets.file_type = 'video')::integer AS video_count,
  count(assets.id) FILTER (WHERE assets.file_type = 'image')::integer AS image_count,
  count(assets.id) FILTER (WHERE assets.file_type = 'sequence')::integer AS sequence_count,
  count(assets.id) FILTER (WHERE assets.file_type = 'audio')::integer AS audio_count,
  count(assets.id) FILTER (WHERE assets.file_type = 'other')::integer AS other_count,
  count(assets.id) FILTER (WHERE assets.review_status = 'approved')::integer AS approved_count,
  count(assets.id) FILTER (WHERE assets.review_status = 'rejected')::integer AS rejected_count,
  count(assets.id) FILTER (WHERE assets.review_status = 'flagged')::integer AS flagged_count,
  count(assets.id) FILTER (WHERE assets.problem IS NOT NULL)::integer AS problem_count,
  count(assets.id) FILTER (WHERE assets.yaw IS NOT NULL)::integer AS posed_count
FROM packages
JOIN projects ON projects.id = packages.project_id AND projects.deleted_at IS NULL
LEFT JOIN assets ON assets.package_id = packages.id AND assets.deleted_at IS NULL
WHERE packages.deleted_at IS NULL
GROUP BY packages.id;

DROP VIEW subject_summaries;
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
  count(assets.id)::integer AS asset_count,
  coalesce(sum(assets.size_bytes), 0)::bigint AS size_bytes,
  sum(assets.duration_seconds) AS duration_seconds,
  count(assets.id) FILTER (WHERE assets.yaw IS NOT NULL)::integer AS posed_count
FROM subjects
JOIN projects ON projects.id = subjects.project_id AND projects.deleted_at IS NULL
LEFT JOIN (assets JOIN packages ON packages.id = assets.package_id AND packages.deleted_at IS NULL)
  ON assets.subject_id = subjects.id AND assets.deleted_at IS NULL
WHERE subjects.deleted_at IS NULL
GROUP BY subjects.id;
