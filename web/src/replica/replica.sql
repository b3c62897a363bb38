-- What a replica knows about itself, beside the library's tables.

CREATE SCHEMA replica;

CREATE TABLE replica.identity (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- Names this browser's replica to the server; outlives a rebuild of the mirror. Null in a copy that
  -- the build of the app carries, until a browser opens it.
  client uuid,
  -- Of the build that made these tables: replica-version.ts.
  version text NOT NULL,
  -- Whether every followed shape was up to date once; the indexes are made then.
  loaded boolean NOT NULL DEFAULT false
);

-- How far each followed shape is; written in the transaction that applies its rows.
CREATE TABLE replica.shapes (
  -- As formatShapeReference() writes it.
  reference text PRIMARY KEY,
  -- Electric's position in the shape's log, and the log's name; '-1' and null: from the start.
  log_offset text NOT NULL DEFAULT '-1',
  handle text,
  -- The WAL position up to which this shape's changes are applied; null before it is first up to date.
  lsn bigint,
  up_to_date_at timestamptz,
  -- Rows that arrived until it was first up to date.
  loaded_rows integer NOT NULL DEFAULT 0,
  -- The server asked to fetch it again: rows that do not come again go when it is up to date.
  refetching boolean NOT NULL DEFAULT false
);

-- Keys that came again during a refetch, their columns joined by a space.
CREATE TABLE replica.seen (
  reference text NOT NULL,
  key text NOT NULL,
  PRIMARY KEY (reference, key)
);

-- What decides which projects' assets this device keeps: schema/src/working-set.ts.
CREATE TABLE replica.working_set (
  project_id uuid PRIMARY KEY,
  -- What a person said; null: as long as there is room.
  choice text CHECK (choice IN ('pinned', 'unfollowed')),
  -- When somebody last opened a package of it here.
  opened_at timestamptz,
  -- As the server last told; null: not yet.
  asset_count integer,
  size_bytes double precision,
  active_at timestamptz
);

-- Mutations that the server has not confirmed, in the order in which they were made, and rejected
-- ones until somebody takes note.
CREATE TABLE replica.outbox (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  name text NOT NULL,
  args json NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- What people read of it.
  label text,
  -- References of the shapes that hold the rows it touches.
  shapes text[] NOT NULL,
  -- Those of its ids whose rows it changed here, as uuids end to end.
  changed_ids text NOT NULL,
  -- The WAL position of the transaction that applied it at the server; null: not known yet.
  acknowledged_lsn bigint,
  -- Set when the server rejected it.
  error_code text,
  error_message text
);

-- What the mutations of a step did, for undo and redo: one row for each that changed anything. It stays
-- when the mutation is confirmed.
CREATE TABLE replica.undo_parts (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  step uuid NOT NULL,
  -- 'done': undo takes it back. 'undone': redo does it again.
  state text NOT NULL CHECK (state IN ('done', 'undone')),
  label text,
  mutation uuid NOT NULL,
  -- The mutations that take it back: [{"name": …, "args": …}].
  inverse json NOT NULL
);

-- Ten thousand ids are 400 kB: compressing them takes longer than writing them.
ALTER TABLE replica.outbox ALTER COLUMN args SET STORAGE EXTERNAL, ALTER COLUMN changed_ids SET STORAGE EXTERNAL;
ALTER TABLE replica.undo_parts ALTER COLUMN inverse SET STORAGE EXTERNAL;

-- Server truth of the units that unconfirmed mutations touch is in replica.base_<table>, for each table
-- that mutations write (replicated-tables.ts makes them): the rows in the table itself are those with
-- the mutations applied.
