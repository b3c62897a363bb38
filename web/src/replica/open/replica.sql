-- The replica's own tables, beside the library's.

CREATE SCHEMA replica;

CREATE TABLE replica.identity (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  -- Identifies this browser's replica to the server; survives a rebuild of the mirror. Null in the copy
  -- bundled with the app, until a browser opens it.
  client uuid,
  -- The version of the build that created these tables: replica-version.ts.
  version text NOT NULL,
  -- Whether every followed shape has been up to date once; the indexes are created then.
  loaded boolean NOT NULL DEFAULT false,
  -- Names the state of the library's tables: every transaction that changes them replaces it by another random uuid.
  library_state uuid NOT NULL DEFAULT gen_random_uuid()
);

-- The position of each followed shape, written in the transaction that applies its rows.
CREATE TABLE replica.shapes (
  -- As formatShapeReference() writes it.
  reference text PRIMARY KEY,
  -- Electric's position in the shape's log, and the log's name; '-1' and null: read from the start.
  log_offset text NOT NULL DEFAULT '-1',
  handle text,
  -- The WAL position up to which this shape's changes are applied; null before it is first up to date.
  lsn bigint,
  up_to_date_at timestamptz,
  -- Rows that arrived before it was first up to date.
  loaded_rows integer NOT NULL DEFAULT 0,
  -- The server asked for a refetch: rows that do not arrive again are deleted once it is up to date.
  refetching boolean NOT NULL DEFAULT false,
  -- The prepared project from which its first rows are loading and how many have been: '<id> <rows>'. Null: none is.
  prepared text
);

-- Keys that have arrived again during a refetch, their columns joined by a space.
CREATE TABLE replica.seen (
  reference text NOT NULL,
  key text NOT NULL,
  PRIMARY KEY (reference, key)
);

-- The facts that decide which projects' assets this device keeps: schema/src/replica/working-set.ts.
CREATE TABLE replica.working_set (
  project_id uuid PRIMARY KEY,
  -- The user's choice; null: keep the project while there is room.
  choice text CHECK (choice IN ('pinned', 'unfollowed')),
  -- When one of its packages was last opened here.
  opened_at timestamptz,
  -- As last reported by the server; null: not reported yet.
  asset_count integer,
  size_bytes double precision,
  active_at timestamptz
);

-- Mutations that the server has not confirmed, in the order in which they were made, and rejected
-- mutations until the user retries or discards them.
CREATE TABLE replica.outbox (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  name text NOT NULL,
  args json NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- The text shown to people.
  label text,
  -- References of the shapes that hold the rows it touches.
  shapes text[] NOT NULL,
  -- The ids among its arguments whose rows it changed here, as concatenated uuids.
  changed_ids text NOT NULL,
  -- The WAL position of the transaction that applied it on the server; null: not known yet.
  acknowledged_lsn bigint,
  -- Set when the server rejected it.
  error_code text,
  error_message text
);

-- The effects of a step's mutations, for undo and redo: one row for each mutation that changed anything.
-- The rows stay when the mutations are confirmed.
CREATE TABLE replica.undo_parts (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  step uuid NOT NULL,
  -- 'done': undo takes it back. 'undone': redo does it again.
  state text NOT NULL CHECK (state IN ('done', 'undone')),
  label text,
  mutation uuid NOT NULL,
  -- The mutations that reverse it: [{"name": …, "args": …}].
  inverse json NOT NULL
);

-- Ten thousand ids are 400 kB: compressing them takes longer than writing them.
ALTER TABLE replica.outbox ALTER COLUMN args SET STORAGE EXTERNAL, ALTER COLUMN changed_ids SET STORAGE EXTERNAL;
ALTER TABLE replica.undo_parts ALTER COLUMN inverse SET STORAGE EXTERNAL;

-- For each table that mutations write, replica.base_<table> (created by replicated-tables.ts) holds server
-- truth of the units that unconfirmed mutations touch. The table itself holds those rows with the mutations
-- applied.
