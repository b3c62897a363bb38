-- The rest of what tells degrees from radians; they add up, whoever adds.
ALTER TABLE package_poses
  -- Poses with an angle beyond π.
  ADD COLUMN beyond_count integer NOT NULL DEFAULT 0,
  -- Others with a pitch or yaw that in radians were a face turned away.
  ADD COLUMN away_count integer NOT NULL DEFAULT 0;
