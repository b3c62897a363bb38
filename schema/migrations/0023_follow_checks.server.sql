-- Central Postgres only: one row that a server changes to see whether the change comes back through its shape source.
CREATE TABLE follow_checks (
  id integer PRIMARY KEY CHECK (id = 1),
  token uuid NOT NULL
);
INSERT INTO follow_checks (id, token) VALUES (1, gen_random_uuid());
