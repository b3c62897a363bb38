-- Central Postgres only, whose changes reach every replica: what was called `film` in an asset's details is its `frame`.
UPDATE asset_metadata SET details = (details - 'film') || jsonb_build_object('frame', details->'film')
WHERE details ? 'film';
