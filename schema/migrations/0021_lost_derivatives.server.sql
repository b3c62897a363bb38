-- Central Postgres only: derivatives that are no longer on disk are made again.

-- Sets the steps of some assets back to pending whose derivative has one of these keys. A step that is pending already,
-- or that has got another key meanwhile, stays as it is. Returns the assets that changed.
CREATE FUNCTION make_derivatives_again(of_assets uuid[], gone text[])
RETURNS TABLE (asset_id uuid, package_id uuid) LANGUAGE sql AS $$
  UPDATE assets SET
    thumbnail_status = CASE WHEN thumbnail_status = 'ready' AND thumbnail_key = ANY (gone) THEN 'pending' ELSE thumbnail_status END,
    thumbnail_key = CASE WHEN thumbnail_status = 'ready' AND thumbnail_key = ANY (gone) THEN NULL ELSE thumbnail_key END,
    proxy_status = CASE WHEN proxy_status = 'ready' AND proxy_key = ANY (gone) THEN 'pending' ELSE proxy_status END,
    proxy_key = CASE WHEN proxy_status = 'ready' AND proxy_key = ANY (gone) THEN NULL ELSE proxy_key END,
    sprite_status = CASE WHEN sprite_status = 'ready' AND sprite_key = ANY (gone) THEN 'pending' ELSE sprite_status END,
    sprite_key = CASE WHEN sprite_status = 'ready' AND sprite_key = ANY (gone) THEN NULL ELSE sprite_key END,
    waveform_status = CASE WHEN waveform_status = 'ready' AND waveform_key = ANY (gone) THEN 'pending' ELSE waveform_status END,
    waveform_key = CASE WHEN waveform_status = 'ready' AND waveform_key = ANY (gone) THEN NULL ELSE waveform_key END
  WHERE id IN (SELECT id FROM assets WHERE id = ANY (of_assets) ORDER BY id FOR NO KEY UPDATE)
    AND (
      thumbnail_status = 'ready' AND thumbnail_key = ANY (gone)
      OR proxy_status = 'ready' AND proxy_key = ANY (gone)
      OR sprite_status = 'ready' AND sprite_key = ANY (gone)
      OR waveform_status = 'ready' AND waveform_key = ANY (gone)
    )
  RETURNING id, package_id
$$;
