-- Central Postgres only: keeps the earlier corrections, which all were of folders' patterns and for the whole studio.
INSERT INTO corrections (id, kind, name, value, created_at, updated_at, updated_by)
SELECT
  gen_random_uuid(),
  CASE field WHEN 'subject' THEN 'folder_subject' WHEN 'camera' THEN 'folder_camera' ELSE 'folder_role' END,
  pattern, value, corrected_at, corrected_at, corrected_by
FROM former_corrections
WHERE pattern <> '';
DROP TABLE former_corrections;

CREATE INDEX corrections_name ON corrections (name) WHERE deleted_at IS NULL;
CREATE INDEX corrections_project ON corrections (project_id);
CREATE TRIGGER stamp_change BEFORE INSERT OR UPDATE ON corrections FOR EACH ROW EXECUTE FUNCTION stamp_change();
ALTER TABLE corrections REPLICA IDENTITY FULL;

-- Folders that wait for a decision are analysed again when people say, or take back, what a name means.
CREATE FUNCTION analyse_waiting_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE incoming SET fingerprint = NULL
  WHERE id IN (
    SELECT id FROM incoming
    WHERE status = 'proposed' AND decision IS NULL AND fingerprint IS NOT NULL
    ORDER BY id FOR UPDATE
  );
  RETURN NULL;
END
$$;
CREATE TRIGGER analyse_waiting_again AFTER INSERT ON corrections FOR EACH ROW
WHEN (NEW.kind NOT LIKE 'folder%') EXECUTE FUNCTION analyse_waiting_again();
CREATE TRIGGER analyse_waiting_again_when_changed AFTER UPDATE OF name, value, project_id, deleted_at ON corrections FOR EACH ROW
WHEN (NEW.kind NOT LIKE 'folder%') EXECUTE FUNCTION analyse_waiting_again();
