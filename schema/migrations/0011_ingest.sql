-- What the ingestor finds by itself, and how people steer it.

-- A folder below a media root that is no package yet.
CREATE TABLE incoming (
  id uuid PRIMARY KEY,
  -- Absolute, symlinks resolved, on the ingestor's host.
  source_path text NOT NULL CHECK (source_path <> ''),
  name text NOT NULL CHECK (name <> ''),
  -- The ingestor's: 'settling' while it grows, 'proposed' once it was analysed, 'ingested' as a package,
  -- 'gone' from the disk.
  status text NOT NULL DEFAULT 'settling' CHECK (status IN ('settling', 'proposed', 'ingested', 'gone')),
  -- What it waits for, or what went wrong, in one sentence for people.
  problem text,
  file_count integer NOT NULL DEFAULT 0,
  size_bytes bigint NOT NULL DEFAULT 0,
  -- When it was last seen to grow.
  changed_at timestamptz NOT NULL DEFAULT now(),
  -- What analysis thinks it is: schema/src/proposal.ts.
  proposal jsonb,
  -- What a person made of that; null: as proposed.
  type text CHECK (type IN ('atman', 'vfx')),
  placements jsonb,
  description text,
  tags text[] NOT NULL DEFAULT '{}',
  options jsonb,
  -- Where it goes; needed to accept it.
  project_id uuid REFERENCES projects ON DELETE SET NULL,
  decision text CHECK (decision IN ('accepted', 'dismissed')),
  -- What it became.
  package_id uuid REFERENCES packages ON DELETE SET NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL DEFAULT 'system'
);

ALTER TABLE assets
  -- Differ whenever the derivative's key does; null: there is none.
  ADD COLUMN sprite_version integer,
  ADD COLUMN waveform_version integer;

-- What the file says about itself: schema/src/asset-details.ts.
ALTER TABLE asset_metadata ADD COLUMN details jsonb;

ALTER TABLE packages
  -- Links below dataset directories.
  ADD COLUMN links_made integer NOT NULL DEFAULT 0,
  ADD COLUMN links_failed integer NOT NULL DEFAULT 0,
  ADD COLUMN link_problem text;

ALTER TABLE runs
  -- People's: 'paused' holds its work, 'cancelled' ends it; null: it goes on.
  ADD COLUMN held text CHECK (held IN ('paused', 'cancelled')),
  -- What was asked for: schema/src/run-options.ts.
  ADD COLUMN options jsonb,
  DROP CONSTRAINT runs_status_check,
  ADD CONSTRAINT runs_status_check
    CHECK (status IN ('queued', 'scanning', 'processing', 'done', 'failed', 'cancelled'));
