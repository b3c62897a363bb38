-- Central Postgres only: what ingestors know and decide by.

-- A media root as one host sees it. Work goes to whoever serves the root.
CREATE TABLE media_roots (
  -- What its sentinel file says, which hosts that mount the same tree share; else '<host>:<path>'.
  id text NOT NULL,
  host text NOT NULL,
  path text NOT NULL,
  -- Whether it has ever had its sentinel file: without it, it is not mounted then.
  has_sentinel boolean NOT NULL,
  -- Why it is not watched; null: it is.
  problem text,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (host, path)
);
CREATE INDEX media_roots_id ON media_roots (id);

ALTER TABLE ingestors
  -- Why it takes no work: 'The derivative folder is full.' Null: it does.
  ADD COLUMN problem text;

ALTER TABLE packages
  -- The root that its folder lies in; null: any that its path is below.
  ADD COLUMN media_root text,
  -- Of its whole tree, as the last complete scan found it.
  ADD COLUMN fingerprint text;

ALTER TABLE incoming
  ADD COLUMN media_root text,
  -- Of the tree that was proposed: while it is the same, the proposal stands.
  ADD COLUMN fingerprint text;
CREATE UNIQUE INDEX incoming_source_path ON incoming (source_path);
CREATE INDEX incoming_package ON incoming (package_id);
CREATE INDEX incoming_project ON incoming (project_id);

-- Of the folder's files, as the rows have them: equal to the disk's, nothing in it has changed.
ALTER TABLE folders ADD COLUMN fingerprint text;

ALTER TABLE assets
  ADD COLUMN sprite_status text NOT NULL DEFAULT 'none'
    CHECK (sprite_status IN ('pending', 'ready', 'failed', 'none')),
  ADD COLUMN waveform_status text NOT NULL DEFAULT 'none'
    CHECK (waveform_status IN ('pending', 'ready', 'failed', 'none')),
  ADD COLUMN sprite_key text,
  ADD COLUMN waveform_key text,
  -- Hex SHA-256 of all bytes, made in the background.
  ADD COLUMN full_hash text,
  -- Frame list notation: frames that are there in two paddings.
  ADD COLUMN duplicate_frames text CHECK (duplicate_frames <> '');

-- What lists of work are made of; few rows at any time.
CREATE INDEX assets_pending ON assets (package_id)
WHERE 'pending' IN (probe_status, thumbnail_status, proxy_status, sprite_status, waveform_status);
CREATE INDEX assets_missing ON assets (project_id, content_hash) WHERE missing_since IS NOT NULL;

CREATE OR REPLACE FUNCTION derive_asset_columns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.relative_path <> OLD.relative_path OR NEW.package_id <> OLD.package_id THEN
    NEW.folder := folder_number(NEW.package_id, NEW.project_id, rtrim(regexp_replace(NEW.relative_path, '[^/]*$', ''), '/'));
  END IF;
  NEW.thumbnail_version := ('x' || left(md5(NEW.thumbnail_key), 8))::bit(32)::integer;
  NEW.proxy_version := ('x' || left(md5(NEW.proxy_key), 8))::bit(32)::integer;
  NEW.sprite_version := ('x' || left(md5(NEW.sprite_key), 8))::bit(32)::integer;
  NEW.waveform_version := ('x' || left(md5(NEW.waveform_key), 8))::bit(32)::integer;
  RETURN NEW;
END
$$;
DROP TRIGGER derive_columns ON assets;
CREATE TRIGGER derive_columns
BEFORE INSERT OR UPDATE OF relative_path, package_id, thumbnail_key, proxy_key, sprite_key, waveform_key ON assets
FOR EACH ROW EXECUTE FUNCTION derive_asset_columns();

CREATE TRIGGER stamp_change BEFORE INSERT OR UPDATE ON incoming FOR EACH ROW EXECUTE FUNCTION stamp_change();

-- Ingestors are told at once what people ask for.
CREATE FUNCTION tell_ingestors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('ihub_ingest', TG_TABLE_NAME);
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_ingestors AFTER INSERT OR UPDATE OF held ON runs
FOR EACH STATEMENT EXECUTE FUNCTION tell_ingestors();
CREATE TRIGGER tell_ingestors AFTER UPDATE OF decision ON incoming
FOR EACH STATEMENT EXECUTE FUNCTION tell_ingestors();

-- A run is of its package's project, whatever its writer thought.
CREATE FUNCTION run_project() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT project_id INTO NEW.project_id FROM packages WHERE id = NEW.package_id;
  RETURN NEW;
END
$$;
CREATE TRIGGER run_project BEFORE INSERT ON runs FOR EACH ROW
WHEN (NEW.package_id IS NOT NULL) EXECUTE FUNCTION run_project();

-- Assets that somebody looks at and that are not ready: their work comes first. Not worth a log.
CREATE UNLOGGED TABLE wanted (
  asset_id uuid PRIMARY KEY,
  wanted_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER tell_ingestors AFTER INSERT ON wanted FOR EACH STATEMENT EXECUTE FUNCTION tell_ingestors();

-- Files whose assets people deleted for good: a scan does not register them again while they stay as they are.
CREATE TABLE forgotten_files (
  package_id uuid NOT NULL REFERENCES packages ON DELETE CASCADE,
  relative_path text NOT NULL,
  size_bytes bigint NOT NULL,
  modified_ns bigint,
  PRIMARY KEY (package_id, relative_path)
);

-- What a model said about a listing, so that it is asked once.
CREATE TABLE analysis_answers (
  listing_hash text PRIMARY KEY,
  model text NOT NULL,
  answer jsonb NOT NULL,
  prompt_tokens integer,
  output_tokens integer,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- What people made of proposals, by the folder's pattern: ingestor/src/analyze/corrections.ts.
CREATE TABLE corrections (
  pattern text NOT NULL,
  field text NOT NULL CHECK (field IN ('subject', 'camera', 'asset_type')),
  value text NOT NULL,
  corrected_by text NOT NULL,
  corrected_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (pattern, field)
);

-- What the poses of a package's face crops were found to be: ingestor/src/media/face/pose-convention.ts.
CREATE TABLE package_poses (
  package_id uuid PRIMARY KEY REFERENCES packages ON DELETE CASCADE,
  pose_count integer NOT NULL,
  -- The largest |value| of pitch, yaw and roll, as written.
  largest double precision NOT NULL,
  -- Null: not decided.
  convention text CHECK (convention IN ('degrees', 'radians'))
);

-- Symlinks below dataset directories, one for each asset that has one or should.
CREATE TABLE dataset_links (
  asset_id uuid PRIMARY KEY REFERENCES assets ON DELETE CASCADE,
  package_id uuid NOT NULL REFERENCES packages ON DELETE CASCADE,
  -- Of the host that made it.
  host text NOT NULL,
  -- Absolute.
  link_path text NOT NULL,
  target text NOT NULL,
  -- Why there is no link; null: there is.
  problem text,
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX dataset_links_package ON dataset_links (package_id);

-- Links whose assets were purged: the ingestor of that host removes them.
CREATE TABLE stale_links (
  host text NOT NULL,
  link_path text NOT NULL,
  target text NOT NULL,
  PRIMARY KEY (host, link_path)
);
CREATE FUNCTION keep_stale_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO stale_links (host, link_path, target) VALUES (OLD.host, OLD.link_path, OLD.target)
  ON CONFLICT (host, link_path) DO UPDATE SET target = excluded.target;
  RETURN NULL;
END
$$;
CREATE TRIGGER keep_stale_link AFTER DELETE ON dataset_links FOR EACH ROW WHEN (OLD.problem IS NULL)
EXECUTE FUNCTION keep_stale_link();

ALTER TABLE incoming REPLICA IDENTITY FULL;
