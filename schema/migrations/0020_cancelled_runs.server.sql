-- Central Postgres only: a run that is cancelled leaves what it found.

ALTER TABLE packages
  -- The status and problem before the package was queued or worked on again; null: it was never ingested to its end.
  ADD COLUMN former_status text CHECK (former_status IN ('ready', 'error')),
  ADD COLUMN former_problem text;

CREATE FUNCTION keep_former_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.former_status := OLD.status;
  NEW.former_problem := OLD.problem;
  RETURN NEW;
END
$$;
CREATE TRIGGER keep_former_status BEFORE UPDATE OF status ON packages FOR EACH ROW
WHEN (OLD.status IN ('ready', 'error') AND NEW.status IN ('queued', 'processing'))
EXECUTE FUNCTION keep_former_status();

-- True for a cancelled run that left nothing to do: it does not hold the package's other work.
ALTER TABLE runs ADD COLUMN undone boolean NOT NULL DEFAULT false;

-- The failures that a run set back to pending, until it ends: a cancelled run puts them back.
CREATE TABLE retried_failures (
  run_id uuid NOT NULL REFERENCES runs ON DELETE CASCADE,
  asset_id uuid NOT NULL REFERENCES assets ON DELETE CASCADE,
  -- The file's version when it was retried: a file that has changed since gets its own result.
  version text NOT NULL,
  -- The steps that had failed: probe, thumbnail, proxy, sprite, waveform.
  steps text[] NOT NULL,
  problem text,
  PRIMARY KEY (run_id, asset_id)
);
CREATE INDEX retried_failures_asset ON retried_failures (asset_id);
