-- What people said about names, for the next analysis: schema/src/library/corrections.ts.
CREATE TABLE corrections (
  id uuid PRIMARY KEY,
  -- Null: it applies to the whole studio.
  project_id uuid REFERENCES projects ON DELETE CASCADE,
  kind text NOT NULL CHECK (kind IN (
    'person', 'generic', 'camera', 'role', 'people_depth', 'folder_subject', 'folder_camera', 'folder_role'
  )),
  -- A name, the pattern of a folder, or a depth.
  name text NOT NULL CHECK (name <> ''),
  -- What it means; null where the kind says all.
  value text CHECK ((value IS NULL) = (kind IN ('generic', 'people_depth'))),
  deleted_at timestamptz,
  deleted_by text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  updated_by text NOT NULL DEFAULT 'system'
);
