-- Central Postgres only: makes room for the table of corrections that browsers have too.
ALTER TABLE corrections RENAME TO former_corrections;
ALTER INDEX corrections_pkey RENAME TO former_corrections_pkey;
