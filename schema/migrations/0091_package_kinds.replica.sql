-- The replica only: the server checks package types and asset types by the list in schema/src/package-kinds.ts.

ALTER TABLE projects DROP CONSTRAINT projects_type_check;
ALTER TABLE packages DROP CONSTRAINT packages_type_check;
ALTER TABLE incoming DROP CONSTRAINT incoming_type_check;
ALTER TABLE assets DROP CONSTRAINT assets_asset_type_check;
