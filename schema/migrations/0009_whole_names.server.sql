-- Central Postgres only: files by their whole name. The words of a name like "_0.png" are in every other one, so
-- the index of substrings does not tell them apart.

CREATE INDEX assets_whole_name ON assets (lower(name) text_pattern_ops);
