-- The replica only, and after its first load: files by their whole name, as on the server.

CREATE INDEX assets_whole_name ON assets (lower(name) text_pattern_ops);
