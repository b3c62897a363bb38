-- Central Postgres only: substrings of file and folder names, for browsers that search what they do not
-- keep. Where pg_trgm is not to be had, that search reads all names, for a bounded time.

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
  END IF;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'The extension pg_trgm may not be made here: searches of the whole library will be slow.';
END
$$;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') THEN
    -- 10,000 updates of other columns take no longer with it.
    CREATE INDEX assets_name_search ON assets USING gin (lower(name) gin_trgm_ops);
    CREATE INDEX folders_path_search ON folders USING gin (lower(path) gin_trgm_ops);
  END IF;
END
$$;

-- Pages of a package that a browser does not keep.
CREATE INDEX assets_package_name ON assets (package_id, lower(name), id);
