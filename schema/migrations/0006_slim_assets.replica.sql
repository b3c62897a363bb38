-- The replica only: columns that never come, and indexes that are made after the first load.

ALTER TABLE assets
  DROP COLUMN relative_path,
  DROP COLUMN content_hash,
  DROP COLUMN frame_count,
  DROP COLUMN frame_padding,
  DROP COLUMN thumbnail_key,
  DROP COLUMN proxy_key,
  DROP COLUMN created_at,
  DROP COLUMN updated_at,
  DROP COLUMN updated_by,
  DROP COLUMN device,
  DROP COLUMN inode,
  DROP COLUMN modified_ns;

DROP INDEX assets_package_name;
DROP INDEX assets_project;
DROP INDEX assets_subject;
