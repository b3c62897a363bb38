-- Central Postgres only: which file an asset was before a scan took another one under its name for an edit of it. A
-- later scan of another folder may find the former file there: then the asset goes with it.

CREATE TABLE former_files (
  asset_id uuid PRIMARY KEY REFERENCES assets ON DELETE CASCADE,
  file_type text NOT NULL,
  size_bytes bigint NOT NULL,
  inode bigint,
  modified_ns bigint,
  changed_ns bigint,
  -- Null: its content was never read.
  content_hash text,
  -- When the scan found the other file. Rows are removed when the file is found, or after a month.
  since timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX former_files_since ON former_files (since);
