-- Central Postgres only: keeps `hourly_counts`. A statement that changes assets notes what it did to the counts, and the
-- server adds the notes up every second. So writers of one package never wait for a row of counts, nor deadlock over it.

ALTER TABLE hourly_counts REPLICA IDENTITY FULL;

-- Notes only; no key, as they are taken all at once.
CREATE TABLE count_changes (
  package_id uuid NOT NULL,
  asset_type text NOT NULL,
  hour timestamptz NOT NULL,
  asset_count integer NOT NULL,
  size_bytes bigint NOT NULL,
  approved_count integer NOT NULL,
  rejected_count integer NOT NULL,
  flagged_count integer NOT NULL,
  picked_up_count integer NOT NULL,
  problem_count integer NOT NULL,
  missing_count integer NOT NULL,
  gap_count integer NOT NULL,
  reviewed_count integer NOT NULL
);

-- `arrived` holds a statement's rows as they are now, `gone` as they were. `stays`: deleted neither now nor before.
CREATE FUNCTION note_count_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Most updates are the ingestor's, of columns that are not counted: told apart without planning the long statement.
  IF TG_OP = 'UPDATE' THEN
    IF NOT EXISTS (
      SELECT FROM arrived JOIN gone ON gone.id = arrived.id
      WHERE (
        arrived.package_id, arrived.asset_type, arrived.size_bytes, arrived.review_status, arrived.picked_up_at IS NULL,
        arrived.problem IS NULL, arrived.missing_since IS NULL, arrived.missing_frames IS NULL,
        arrived.sidecar_of IS NULL, arrived.deleted_at IS NULL
      ) IS DISTINCT FROM (
        gone.package_id, gone.asset_type, gone.size_bytes, gone.review_status, gone.picked_up_at IS NULL,
        gone.problem IS NULL, gone.missing_since IS NULL, gone.missing_frames IS NULL,
        gone.sidecar_of IS NULL, gone.deleted_at IS NULL
      )
    ) THEN
      RETURN NULL;
    END IF;
  END IF;
  EXECUTE format($sql$
    INSERT INTO count_changes
    SELECT
      package_id, asset_type, date_trunc('hour', now(), 'UTC'),
      coalesce(sum(sign) FILTER (WHERE sidecar_of IS NULL), 0),
      sum(sign * size_bytes),
      coalesce(sum(sign) FILTER (WHERE sidecar_of IS NULL AND review_status = 'approved'), 0),
      coalesce(sum(sign) FILTER (WHERE sidecar_of IS NULL AND review_status = 'rejected'), 0),
      coalesce(sum(sign) FILTER (WHERE sidecar_of IS NULL AND review_status = 'flagged'), 0),
      coalesce(sum(sign) FILTER (WHERE sidecar_of IS NULL AND picked_up_at IS NOT NULL), 0),
      coalesce(sum(sign) FILTER (WHERE sidecar_of IS NULL AND problem IS NOT NULL), 0),
      coalesce(sum(sign) FILTER (WHERE sidecar_of IS NULL AND missing_since IS NOT NULL), 0),
      coalesce(sum(sign) FILTER (WHERE sidecar_of IS NULL AND missing_frames IS NOT NULL), 0),
      coalesce(sum(sign) FILTER (WHERE sidecar_of IS NULL AND stays AND review_status <> 'unreviewed'), 0)
    FROM (%s) AS changed
    WHERE deleted_at IS NULL
    GROUP BY package_id, asset_type$sql$,
    CASE TG_OP
      WHEN 'INSERT' THEN 'SELECT 1 AS sign, false AS stays, * FROM arrived'
      WHEN 'DELETE' THEN 'SELECT -1 AS sign, false AS stays, * FROM gone'
      ELSE '
        SELECT 1 AS sign, gone.deleted_at IS NULL AS stays, arrived.* FROM arrived JOIN gone ON gone.id = arrived.id
        UNION ALL
        SELECT -1, arrived.deleted_at IS NULL, gone.* FROM arrived JOIN gone ON gone.id = arrived.id'
    END);
  RETURN NULL;
END
$$;

CREATE TRIGGER note_counts_of_new AFTER INSERT ON assets
REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION note_count_changes();
CREATE TRIGGER note_counts_of_changed AFTER UPDATE ON assets
REFERENCING NEW TABLE AS arrived OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_count_changes();
CREATE TRIGGER note_counts_of_removed AFTER DELETE ON assets
REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION note_count_changes();

-- Adds up what was noted. Returns the number of notes; 0 also when another session is at it.
CREATE FUNCTION add_count_changes() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  added bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(4711005, 0) THEN RETURN 0; END IF;
  WITH taken AS (
    DELETE FROM count_changes RETURNING *
  ), kept AS (
    INSERT INTO hourly_counts AS kept
    SELECT
      taken.package_id, taken.asset_type, taken.hour, sum(asset_count), sum(size_bytes), sum(approved_count),
      sum(rejected_count), sum(flagged_count), sum(picked_up_count), sum(problem_count), sum(missing_count),
      sum(gap_count), sum(reviewed_count), NULL
    FROM taken
    -- A package that has been removed has taken its counts along.
    JOIN packages ON packages.id = taken.package_id
    GROUP BY taken.package_id, taken.asset_type, taken.hour
    ON CONFLICT (package_id, asset_type, hour) DO UPDATE SET
      asset_count = kept.asset_count + excluded.asset_count,
      size_bytes = kept.size_bytes + excluded.size_bytes,
      approved_count = kept.approved_count + excluded.approved_count,
      rejected_count = kept.rejected_count + excluded.rejected_count,
      flagged_count = kept.flagged_count + excluded.flagged_count,
      picked_up_count = kept.picked_up_count + excluded.picked_up_count,
      problem_count = kept.problem_count + excluded.problem_count,
      missing_count = kept.missing_count + excluded.missing_count,
      gap_count = kept.gap_count + excluded.gap_count,
      reviewed_count = kept.reviewed_count + excluded.reviewed_count
  )
  SELECT count(*) INTO added FROM taken;
  RETURN added;
END
$$;

-- Sums the hours that no page tells apart any more in the rows of 1970. Returns the number of hours.
CREATE FUNCTION merge_old_counts() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  merged bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(4711005, 0);
  WITH old AS (
    DELETE FROM hourly_counts WHERE hour <> 'epoch' AND hour < now() - interval '40 days' RETURNING *
  ), kept AS (
    INSERT INTO hourly_counts AS kept
    SELECT
      package_id, asset_type, 'epoch', sum(asset_count), sum(size_bytes), sum(approved_count), sum(rejected_count),
      sum(flagged_count), sum(picked_up_count), sum(problem_count), sum(missing_count), sum(gap_count),
      sum(reviewed_count), NULL
    FROM old
    GROUP BY package_id, asset_type
    ON CONFLICT (package_id, asset_type, hour) DO UPDATE SET
      asset_count = kept.asset_count + excluded.asset_count,
      size_bytes = kept.size_bytes + excluded.size_bytes,
      approved_count = kept.approved_count + excluded.approved_count,
      rejected_count = kept.rejected_count + excluded.rejected_count,
      flagged_count = kept.flagged_count + excluded.flagged_count,
      picked_up_count = kept.picked_up_count + excluded.picked_up_count,
      problem_count = kept.problem_count + excluded.problem_count,
      missing_count = kept.missing_count + excluded.missing_count,
      gap_count = kept.gap_count + excluded.gap_count,
      reviewed_count = kept.reviewed_count + excluded.reviewed_count
  )
  SELECT count(*) INTO merged FROM old;
  RETURN merged;
END
$$;

-- Counts all assets again, as after rows that came past the triggers. When they were made is known by the hour; since when
-- they are as they are is not, so that the rest belongs to 1970.
CREATE FUNCTION recount_assets() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(4711005, 0);
  -- Rows written during this count would be counted twice, or not at all.
  LOCK TABLE assets IN SHARE ROW EXCLUSIVE MODE;
  DELETE FROM count_changes;
  DELETE FROM hourly_counts;
  INSERT INTO hourly_counts
  SELECT
    package_id, asset_type,
    CASE WHEN created_at < now() - interval '40 days' THEN 'epoch' ELSE date_trunc('hour', created_at, 'UTC') END AS made,
    count(*) FILTER (WHERE sidecar_of IS NULL), sum(size_bytes), 0, 0, 0, 0, 0, 0, 0, 0, NULL
  FROM assets
  WHERE deleted_at IS NULL
  GROUP BY package_id, asset_type, made;
  INSERT INTO hourly_counts AS kept
  SELECT
    package_id, asset_type, 'epoch', 0, 0,
    count(*) FILTER (WHERE review_status = 'approved'), count(*) FILTER (WHERE review_status = 'rejected'),
    count(*) FILTER (WHERE review_status = 'flagged'), count(picked_up_at), count(problem), count(missing_since),
    count(missing_frames), 0, now()
  FROM assets
  WHERE deleted_at IS NULL AND sidecar_of IS NULL
  GROUP BY package_id, asset_type
  ON CONFLICT (package_id, asset_type, hour) DO UPDATE SET
    approved_count = excluded.approved_count,
    rejected_count = excluded.rejected_count,
    flagged_count = excluded.flagged_count,
    picked_up_count = excluded.picked_up_count,
    problem_count = excluded.problem_count,
    missing_count = excluded.missing_count,
    gap_count = excluded.gap_count,
    counted_since = excluded.counted_since;
END
$$;

SELECT recount_assets();
