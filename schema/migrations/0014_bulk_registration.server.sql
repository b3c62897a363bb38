-- Central Postgres only: 100,000 assets are registered in seconds.

-- A writer that knows the folder's number says it; md5 is for rows that have derivatives.
DROP TRIGGER derive_columns ON assets;
DROP FUNCTION derive_asset_columns();

CREATE FUNCTION derive_asset_folder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.folder := folder_number(NEW.package_id, NEW.project_id, rtrim(regexp_replace(NEW.relative_path, '[^/]*$', ''), '/'));
  RETURN NEW;
END
$$;
CREATE TRIGGER derive_folder_of_new BEFORE INSERT ON assets
FOR EACH ROW WHEN (NEW.folder IS NULL) EXECUTE FUNCTION derive_asset_folder();
CREATE TRIGGER derive_folder_of_moved BEFORE UPDATE OF relative_path, package_id ON assets
FOR EACH ROW WHEN (NEW.relative_path <> OLD.relative_path OR NEW.package_id <> OLD.package_id)
EXECUTE FUNCTION derive_asset_folder();

CREATE FUNCTION derive_asset_versions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.thumbnail_version := ('x' || left(md5(NEW.thumbnail_key), 8))::bit(32)::integer;
  NEW.proxy_version := ('x' || left(md5(NEW.proxy_key), 8))::bit(32)::integer;
  NEW.sprite_version := ('x' || left(md5(NEW.sprite_key), 8))::bit(32)::integer;
  NEW.waveform_version := ('x' || left(md5(NEW.waveform_key), 8))::bit(32)::integer;
  RETURN NEW;
END
$$;
CREATE TRIGGER derive_versions_of_new BEFORE INSERT ON assets
FOR EACH ROW WHEN (coalesce(NEW.thumbnail_key, NEW.proxy_key, NEW.sprite_key, NEW.waveform_key) IS NOT NULL)
EXECUTE FUNCTION derive_asset_versions();
CREATE TRIGGER derive_versions BEFORE UPDATE OF thumbnail_key, proxy_key, sprite_key, waveform_key ON assets
FOR EACH ROW EXECUTE FUNCTION derive_asset_versions();

-- Names of new assets wait in a list before they go into the index of substrings, which would take half of the time. A
-- search reads the list; the ingestor empties it after a run, and Postgres whenever it cleans the table.
DO $$
BEGIN
  IF to_regclass('assets_name_search') IS NOT NULL THEN
    -- Kilobytes: the names of a million assets or so.
    ALTER INDEX assets_name_search SET (fastupdate = on, gin_pending_list_limit = 65536);
  END IF;
END
$$;
