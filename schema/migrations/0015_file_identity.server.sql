-- Central Postgres only: which asset a file on disk is, told by the file itself and by its name last.

ALTER TABLE assets
  -- When the file or what the system says of it (its permission, its names) last changed: nanoseconds since 1970, which
  -- nobody can put back. Of a sequence: of all frames together.
  ADD COLUMN changed_ns bigint;

-- Two assets may have had one path: the one that is not there any more keeps it beside the one that is.
DROP INDEX assets_relative_path;
CREATE UNIQUE INDEX assets_relative_path ON assets (package_id, relative_path) WHERE missing_since IS NULL;

-- A file that was renamed is found by its place on disk.
CREATE INDEX assets_inode ON assets (inode);

-- Which files the frames of a sequence were, a number each (ingestor/src/scan/file-identity.ts): so that frames are
-- known again when a sequence is split, joined or reduced to one picture.
CREATE TABLE asset_frames (
  asset_id uuid PRIMARY KEY REFERENCES assets ON DELETE CASCADE,
  -- In frame order.
  keys bigint[] NOT NULL
);

-- Assets that turned out to be others: what clients still ask of them goes to those.
CREATE TABLE merged_assets (
  id uuid PRIMARY KEY,
  into_id uuid NOT NULL REFERENCES assets ON DELETE CASCADE,
  merged_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX merged_assets_into ON merged_assets (into_id);

-- No path of a file has two slashes together: one that has stands for an asset on its way to another path.
DROP TRIGGER derive_folder_of_moved ON assets;
CREATE TRIGGER derive_folder_of_moved BEFORE UPDATE OF relative_path, package_id ON assets
FOR EACH ROW
WHEN (
  (NEW.relative_path <> OLD.relative_path OR NEW.package_id <> OLD.package_id)
  AND strpos(NEW.relative_path, '//') = 0
)
EXECUTE FUNCTION derive_asset_folder();
