-- What is purged of the mutations is found without reading all of them.
CREATE INDEX mutations_created_at ON mutations (created_at);
CREATE INDEX mutations_with_args ON mutations (created_at) WHERE args IS NOT NULL;
