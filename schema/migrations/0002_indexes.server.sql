-- Central Postgres only: identity that writers rely on, and the paths of its own statements.

CREATE UNIQUE INDEX projects_name ON projects (lower(name));
CREATE UNIQUE INDEX subjects_name ON subjects (project_id, lower(name));
CREATE UNIQUE INDEX packages_source_path ON packages (project_id, source_path);
CREATE INDEX packages_subject ON packages (subject_id);
CREATE INDEX packages_subjects_subject ON packages_subjects (subject_id);
CREATE UNIQUE INDEX assets_relative_path ON assets (package_id, relative_path);
CREATE INDEX assets_project ON assets (project_id);
CREATE INDEX assets_subject ON assets (subject_id);
CREATE INDEX assets_content_hash ON assets (content_hash);
CREATE INDEX runs_package ON runs (package_id);
CREATE INDEX mutations_client ON mutations (client);

-- The whole old row goes into the log: an untouched TOASTed column is still right in a replica, and
-- rows that leave a shape are known by their old values.
ALTER TABLE projects REPLICA IDENTITY FULL;
ALTER TABLE subjects REPLICA IDENTITY FULL;
ALTER TABLE packages REPLICA IDENTITY FULL;
ALTER TABLE packages_subjects REPLICA IDENTITY FULL;
ALTER TABLE assets REPLICA IDENTITY FULL;
ALTER TABLE runs REPLICA IDENTITY FULL;
ALTER TABLE mutations REPLICA IDENTITY FULL;
