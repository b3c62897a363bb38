-- How the counts of each package's assets have changed, hour by hour; the sum over all hours is what they are now. The
-- server keeps them, so that a browser knows the whole library without its assets: schema/src/library/rows.ts.
CREATE TABLE hourly_counts (
  package_id uuid NOT NULL REFERENCES packages ON DELETE CASCADE,
  asset_type text NOT NULL,
  -- The start of an hour, UTC. The row of 1970 sums the hours that are no longer told apart.
  hour timestamptz NOT NULL,
  asset_count integer NOT NULL,
  -- With the sidecars' bytes; the other columns leave sidecars out.
  size_bytes bigint NOT NULL,
  approved_count integer NOT NULL,
  rejected_count integer NOT NULL,
  flagged_count integer NOT NULL,
  picked_up_count integer NOT NULL,
  problem_count integer NOT NULL,
  missing_count integer NOT NULL,
  gap_count integer NOT NULL,
  -- Assets that people reviewed in this hour, less those that they set back.
  reviewed_count integer NOT NULL,
  -- In a row of 1970: what is older was counted at this time, so that only its creation is known by the hour.
  counted_since timestamptz,
  PRIMARY KEY (package_id, asset_type, hour)
);
