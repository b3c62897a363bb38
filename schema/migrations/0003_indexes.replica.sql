-- The replica only, and after its first load: the paths of the app's lists and filters.

CREATE INDEX subjects_project ON subjects (project_id);
CREATE INDEX packages_project ON packages (project_id);
CREATE INDEX assets_package_name ON assets (package_id, name, id);
CREATE INDEX assets_project ON assets (project_id);
CREATE INDEX assets_subject ON assets (subject_id);
CREATE INDEX assets_tags ON assets USING gin (tags);
CREATE INDEX runs_package ON runs (package_id);
