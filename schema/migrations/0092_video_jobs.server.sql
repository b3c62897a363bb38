-- Central Postgres only: the jobs that were called `movie` are called `video`; those that wait keep their place.
DO $$ BEGIN
  -- The first ingestor makes this schema.
  IF to_regclass('pgboss.queue') IS NULL THEN
    RETURN;
  END IF;
  LOCK TABLE pgboss.queue, pgboss.job IN SHARE ROW EXCLUSIVE MODE;
  INSERT INTO pgboss.queue
    SELECT (jsonb_populate_record(queue, jsonb_build_object('name', 'video' || substr(name, 6)))).*
    FROM pgboss.queue WHERE name LIKE 'movie.%'
    ON CONFLICT (name) DO NOTHING;
  UPDATE pgboss.job SET name = 'video' || substr(name, 6) WHERE name LIKE 'movie.%';
  DELETE FROM pgboss.queue WHERE name LIKE 'movie.%';
END $$;
