-- The library: what a studio's media is, as rows.
--
-- This file builds central Postgres and the replica in every browser. A replica runs with
-- session_replication_role = replica, so its foreign keys and triggers do not fire: rows arrive in
-- any order, and carry the stamps that the server gave them.
--
-- Keys are uuid v7, made by whoever inserts (Postgres 16 and 17 have no uuidv7()).

CREATE FUNCTION stamp_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  -- Set by the writer for its transaction: SET LOCAL ihub.actor = 'name'.
  NEW.updated_by := coalesce(nullif(current_setting('ihub.actor', true), ''), 'system');
  RETURN NEW;
END
$$;

CREATE TABLE projects (
  id uuid PRIMARY KEY,
  name text NOT NULL CHECK (name <> ''),
  type text NOT NULL CHECK (type IN ('atman', 'vfx')),
  client text,
  notes text,
  tags text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL DEFAULT 'system'
);

CREATE TABLE subjects (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
  name text NOT NULL CHECK (name <> ''),
  dataset_directory text,
  notes text,
  tags text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL DEFAULT 'system'
);

CREATE TABLE packages (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
  subject_id uuid REFERENCES subjects ON DELETE SET NULL,
  name text NOT NULL CHECK (name <> ''),
  type text NOT NULL CHECK (type IN ('atman', 'vfx')),
  status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'processing', 'ready', 'error')),
  -- Why the status is 'error', in one sentence for people.
  problem text,
  -- Absolute, symlinks resolved, on the ingestor's host.
  source_path text NOT NULL CHECK (source_path <> ''),
  description text,
  tags text[] NOT NULL DEFAULT '{}',
  -- {"source": "rules" | "gemini" | "person", "confidence": 0..1, "signals": {...}, "evidence": [...]}
  proposal jsonb,
  picked_up_at timestamptz,
  picked_up_by text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL DEFAULT 'system'
);

CREATE TABLE packages_subjects (
  package_id uuid NOT NULL REFERENCES packages ON DELETE CASCADE,
  subject_id uuid NOT NULL REFERENCES subjects ON DELETE CASCADE,
  project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
  PRIMARY KEY (package_id, subject_id)
);

CREATE TABLE assets (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
  package_id uuid NOT NULL REFERENCES packages ON DELETE CASCADE,
  subject_id uuid REFERENCES subjects ON DELETE SET NULL,

  -- Within the package's source folder, '/' between parts; a sequence's frame number reads as #s:
  -- 'plate/sh010.####.exr'.
  relative_path text NOT NULL CHECK (relative_path <> '' AND left(relative_path, 1) <> '/'),
  -- The last part of relative_path.
  name text NOT NULL CHECK (name <> ''),
  file_type text NOT NULL CHECK (file_type IN ('video', 'image', 'sequence', 'audio', 'other')),
  asset_type text NOT NULL
    CHECK (asset_type IN ('aligned', 'plate', 'grid', 'raw', 'graded', 'proxy', 'audio', 'metadata')),
  camera text,

  -- Of a sequence: all frames together.
  size_bytes bigint NOT NULL CHECK (size_bytes >= 0),
  modified_at timestamptz NOT NULL,
  -- When a scan first failed to find the file; null while it is on disk. Never deleted for that.
  missing_since timestamptz,

  -- Hex SHA-256 of the bytes, or of samples of a large file: ingestor/src/media/content-hash.ts.
  content_hash text,

  -- Pixels, after rotation. Null: not probed yet, not applicable, or unreadable.
  width integer CHECK (width > 0),
  height integer CHECK (height > 0),
  duration_seconds double precision CHECK (duration_seconds >= 0),
  -- A rational: 24000/1001.
  frame_rate_numerator integer CHECK (frame_rate_numerator > 0),
  frame_rate_denominator integer CHECK (frame_rate_denominator > 0),
  -- As ffprobe names them.
  codec text,
  audio_codec text,
  audio_channels integer CHECK (audio_channels > 0),
  sample_rate integer CHECK (sample_rate > 0),

  first_frame integer,
  last_frame integer,
  frame_count integer CHECK (frame_count > 0),
  frame_padding integer CHECK (frame_padding > 0),
  -- Frame list notation: '7' or '1003,1010-1014'. Null: none missing.
  missing_frames text CHECK (missing_frames <> ''),

  -- Of the face, degrees. Null: unknown.
  pitch real,
  yaw real,
  roll real,
  sharpness real,

  probe_status text NOT NULL DEFAULT 'pending' CHECK (probe_status IN ('pending', 'ready', 'failed', 'none')),
  -- 'none': this file needs none (a sound has no thumbnail; a small H.264 file is its own proxy).
  thumbnail_status text NOT NULL DEFAULT 'pending' CHECK (thumbnail_status IN ('pending', 'ready', 'failed', 'none')),
  proxy_status text NOT NULL DEFAULT 'pending' CHECK (proxy_status IN ('pending', 'ready', 'failed', 'none')),
  -- File names below the derivative folder: schema/src/derivatives.ts. Set when the status is 'ready'.
  thumbnail_key text,
  proxy_key text,
  -- Why it could not be read or has no preview, in one sentence for people.
  problem text,

  -- A sorted set.
  tags text[] NOT NULL DEFAULT '{}',
  review_status text NOT NULL DEFAULT 'unreviewed'
    CHECK (review_status IN ('unreviewed', 'approved', 'rejected', 'flagged')),
  picked_up_at timestamptz,
  picked_up_by text,

  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL DEFAULT 'system',

  -- The ingestor's own, not replicated: an unchanged file is recognised without opening it. Of a
  -- sequence: those of its first frame. Unsigned 64-bit numbers wrap to signed.
  device bigint,
  inode bigint,
  modified_ns bigint
);

-- One ingest run of one package. The counters are the run's progress: they are set from the assets'
-- own states, so they are right after a crash too.
CREATE TABLE runs (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
  package_id uuid NOT NULL REFERENCES packages ON DELETE CASCADE,
  status text NOT NULL DEFAULT 'queued'
    CHECK (status IN ('queued', 'scanning', 'processing', 'done', 'failed')),
  -- Why the status is 'failed', in one sentence for people.
  problem text,
  -- The host whose ingestor works on it; null while queued.
  host text,
  files_found integer NOT NULL DEFAULT 0,
  assets_registered integer NOT NULL DEFAULT 0,
  assets_probed integer NOT NULL DEFAULT 0,
  thumbnails_made integer NOT NULL DEFAULT 0,
  proxies_made integer NOT NULL DEFAULT 0,
  -- Assets with a problem.
  assets_failed integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL DEFAULT 'system'
);

-- Every write that a client sent, once: the answer to a repeated id, and, replicated back to its
-- client, the acknowledgement.
CREATE TABLE mutations (
  id uuid PRIMARY KEY,
  client uuid NOT NULL,
  name text NOT NULL,
  args jsonb,
  actor text,
  status text NOT NULL CHECK (status IN ('applied', 'rejected')),
  error_code text,
  error_message text,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((status = 'rejected') = (error_code IS NOT NULL))
);

-- One row for each ingestor that ever ran; alive while seen_at is recent. Server side only.
CREATE TABLE ingestors (
  host text PRIMARY KEY,
  pid integer NOT NULL,
  version text NOT NULL,
  media_roots text[] NOT NULL,
  -- What it can do here: {"ffmpeg": "5.1.6" | null, "oiiotool": "2.4.7" | null}
  tools jsonb NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now()
);

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
LEFT JOIN assets ON assets.package_id = packages.id
GROUP BY packages.id;

CREATE VIEW subject_summaries AS
SELECT
  subjects.id AS subject_id,
  subjects.project_id,
  (SELECT count(*)::integer FROM packages_subjects WHERE packages_subjects.subject_id = subjects.id) AS package_count,
  count(assets.id)::integer AS asset_count,
  coalesce(sum(assets.size_bytes), 0)::bigint AS size_bytes,
  sum(assets.duration_seconds) AS duration_seconds,
  count(assets.id) FILTER (WHERE assets.yaw IS NOT NULL)::integer AS posed_count
FROM subjects
LEFT JOIN assets ON assets.subject_id = subjects.id
GROUP BY subjects.id;

CREATE TRIGGER stamp_change BEFORE INSERT OR UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION stamp_change();
CREATE TRIGGER stamp_change BEFORE INSERT OR UPDATE ON subjects FOR EACH ROW EXECUTE FUNCTION stamp_change();
CREATE TRIGGER stamp_change BEFORE INSERT OR UPDATE ON packages FOR EACH ROW EXECUTE FUNCTION stamp_change();
CREATE TRIGGER stamp_change BEFORE INSERT OR UPDATE ON assets FOR EACH ROW EXECUTE FUNCTION stamp_change();
CREATE TRIGGER stamp_change BEFORE INSERT OR UPDATE ON runs FOR EACH ROW EXECUTE FUNCTION stamp_change();
