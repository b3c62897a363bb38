-- Central Postgres only: what the slim rows are derived from, and the paths of its own statements.

CREATE UNIQUE INDEX folders_path ON folders (package_id, path);

-- The number of a folder of a package, given on first sight.
CREATE FUNCTION folder_number(of_package uuid, of_project uuid, of_path text) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  found_number integer;
BEGIN
  SELECT number INTO found_number FROM folders WHERE package_id = of_package AND path = of_path;
  IF found_number IS NULL THEN
    -- One at a time for each package, so that no number is given twice.
    PERFORM FROM packages WHERE id = of_package FOR NO KEY UPDATE;
    INSERT INTO folders (package_id, number, project_id, path)
    SELECT of_package, coalesce(max(number), 0) + 1, of_project, of_path FROM folders WHERE package_id = of_package
    ON CONFLICT (package_id, path) DO UPDATE SET path = excluded.path
    RETURNING number INTO found_number;
  END IF;
  RETURN found_number;
END
$$;

CREATE FUNCTION derive_asset_columns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.relative_path <> OLD.relative_path THEN
    NEW.folder := folder_number(NEW.package_id, NEW.project_id, rtrim(regexp_replace(NEW.relative_path, '[^/]*$', ''), '/'));
  END IF;
  NEW.thumbnail_version := ('x' || left(md5(NEW.thumbnail_key), 8))::bit(32)::integer;
  NEW.proxy_version := ('x' || left(md5(NEW.proxy_key), 8))::bit(32)::integer;
  RETURN NEW;
END
$$;

INSERT INTO folders (package_id, number, project_id, path)
SELECT package_id, row_number() OVER (PARTITION BY package_id ORDER BY path), project_id, path
FROM (
  SELECT DISTINCT package_id, project_id, rtrim(regexp_replace(relative_path, '[^/]*$', ''), '/') AS path FROM assets
) AS found;

UPDATE assets SET
  folder = folders.number,
  thumbnail_version = ('x' || left(md5(thumbnail_key), 8))::bit(32)::integer,
  proxy_version = ('x' || left(md5(proxy_key), 8))::bit(32)::integer
FROM folders
WHERE folders.package_id = assets.package_id
  AND folders.path = rtrim(regexp_replace(assets.relative_path, '[^/]*$', ''), '/');

ALTER TABLE assets ALTER COLUMN folder SET NOT NULL;

CREATE TRIGGER derive_columns BEFORE INSERT OR UPDATE OF relative_path, thumbnail_key, proxy_key ON assets
FOR EACH ROW EXECUTE FUNCTION derive_asset_columns();
CREATE TRIGGER stamp_change BEFORE INSERT OR UPDATE ON saved_filters
FOR EACH ROW EXECUTE FUNCTION stamp_change();

-- A deleted one's name is free.
DROP INDEX projects_name;
DROP INDEX subjects_name;
CREATE UNIQUE INDEX projects_name ON projects (lower(name)) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX subjects_name ON subjects (project_id, lower(name)) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX saved_filters_name ON saved_filters (lower(name)) WHERE deleted_at IS NULL;

CREATE INDEX folders_project ON folders (project_id);
CREATE INDEX asset_tags_project ON asset_tags (project_id);
CREATE INDEX asset_metadata_package ON asset_metadata (package_id);
CREATE INDEX assets_deleted ON assets (deleted_at) WHERE deleted_at IS NOT NULL;

ALTER TABLE folders REPLICA IDENTITY FULL;
ALTER TABLE asset_tags REPLICA IDENTITY FULL;
ALTER TABLE asset_metadata REPLICA IDENTITY FULL;
ALTER TABLE saved_filters REPLICA IDENTITY FULL;
