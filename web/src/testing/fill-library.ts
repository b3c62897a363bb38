/** A made-up library of any size that covers everything a view must be able to show. */
import { PACKAGE_ID, PROJECT_ID, SUBJECT_ID, seedLibrary } from './seed.ts';

const CROPS_PER_FOLDER = 500;
/** ThumbHashes of pictures like the development page's: a simple face on a plain background. */
const placeholders = [
  '97070a1f0407a887788778827c7688878887798027077802',
  '17290a0f0207a887788778827c7688878887798027077802',
  '98e809148607a887788778827c870778728027',
];

export const CLIP_PACKAGE_ID = '01900000-0000-7000-8000-000000000023';

/** Points of a face in a crop of 512 x 512 pixels: brows, eyes, nose, mouth. */
const landmarks = [
  ...[170, 200, 230, 282, 312, 342].map((x) => [x, 190]),
  ...[185, 205, 225, 287, 307, 327].map((x) => [x, 222]),
  ...[230, 250, 270, 290].map((y) => [256, y]),
  ...[215, 235, 256, 277, 297].map((x) => [x, 340]),
];

/** Facts as an EXR with an overscan has them. */
const exr = {
  frame: {
    format: 'openexr',
    compression: 'zip',
    pixel_type: 'half',
    channels: ['R', 'G', 'B', 'A', 'diffuse.R', 'diffuse.G', 'diffuse.B'],
    data_window: [-16, -16, 2064, 1572],
    display_window: [0, 0, 2048, 1556],
    pixel_aspect_ratio: 1,
    encoding: 'linear',
  },
  timecode: '01:00:00:00',
  reel: 'A001',
};

/** Returns SQL for a library whose first package has this many face crops; its third has every other kind of file. */
export function fillLibrary(crops: number): string {
  return `${seedLibrary}
    INSERT INTO projects (id, name, type, client, tags) VALUES
      ('01900000-0000-7000-8000-000000000002', 'A project whose name is far too long for any column of any list', 'atman', NULL, '{}');
    INSERT INTO packages (id, project_id, subject_id, name, type, status, problem, source_path, proposal) VALUES
      ('${CLIP_PACKAGE_ID}', '${PROJECT_ID}', '${SUBJECT_ID}', 'session_07_with_a_rather_long_delivery_name_2026-02-11', 'atman', 'processing', NULL,
        '/mnt/nas/northlight/incoming/2026-02-11/session_07_with_a_rather_long_delivery_name/DAY02', '{"source":"rules","confidence":0.6,"signals":{},"evidence":["No folder is named plate, aligned or visuals.","12 % of the files are PNG."]}'),
      ('01900000-0000-7000-8000-000000000024', '${PROJECT_ID}', NULL, 'delivery_02_damaged', 'vfx', 'error', 'The folder /mnt/nas/northlight/delivery_02 cannot be read: permission denied.', '/mnt/nas/northlight/delivery_02', NULL);
    INSERT INTO runs (id, project_id, package_id, status, files_found, assets_registered, assets_probed, thumbnails_made, proxies_made, assets_failed, created_at, updated_at, finished_at) VALUES
      (gen_random_uuid(), '${PROJECT_ID}', '${PACKAGE_ID}', 'done', ${crops}, ${crops}, ${crops}, ${crops}, 0, 3, now() - interval '2 hours', now(), now() - interval '90 minutes'),
      (gen_random_uuid(), '${PROJECT_ID}', '${CLIP_PACKAGE_ID}', 'processing', 24, 12, 8, 5, 2, 1, now(), now(), NULL);

    INSERT INTO folders (package_id, number, project_id, path)
    SELECT '${PACKAGE_ID}', take + 1, '${PROJECT_ID}', 'aligned/take_' || lpad(take::text, 3, '0')
    FROM generate_series(0, ${crops} / ${CROPS_PER_FOLDER}) AS take;

    INSERT INTO assets (id, project_id, package_id, subject_id, folder, name, file_type, asset_type, camera, size_bytes, modified_at,
      width, height, yaw, pitch, roll, sharpness, placeholder, probe_status, thumbnail_status, thumbnail_version, proxy_status, review_status, picked_up_at)
    SELECT ('01900000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, '${PROJECT_ID}', '${PACKAGE_ID}', '${SUBJECT_ID}',
      1 + i / ${CROPS_PER_FOLDER}, 'A001_' || lpad((i / 24)::text, 5, '0') || '_' || i % 24 || '.png', 'image', 'aligned',
      CASE WHEN i % 9 = 0 THEN 'cam_b' ELSE 'cam_a' END, 180000 + (i * 7919) % 90000, timestamptz '2026-02-01' + i * interval '1 second',
      512, 512, (i % 180) - 90, (i % 60) - 30, 0, CASE WHEN i % 50 <> 0 THEN 20 + (i * 37) % 400 END, decode(placeholders[1 + i % array_length(placeholders, 1)], 'hex'), 'ready', 'ready', i, 'none',
      CASE WHEN i % 11 = 0 THEN 'approved' WHEN i % 17 = 0 THEN 'rejected' WHEN i % 23 = 0 THEN 'flagged' ELSE 'unreviewed' END,
      CASE WHEN i % 400 = 0 THEN timestamptz '2026-02-03' END
    FROM generate_series(1, ${crops}) AS i, (SELECT ARRAY[${placeholders.map((hash) => `'${hash}'`)}] AS placeholders) AS made;

    INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
    SELECT ('01900000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, tag, '${PACKAGE_ID}', '${PROJECT_ID}'
    FROM generate_series(1, ${crops}) AS i, unnest(
      CASE WHEN i % 7 = 0 THEN ARRAY['hero', 'take_' || i % 40] WHEN i % 3 = 0 THEN ARRAY['take_' || i % 40] ELSE '{}' END
    ) AS tag;

    INSERT INTO asset_metadata (asset_id, package_id, details)
    SELECT ('01900000-0000-7000-9000-' || lpad(to_hex(i), 12, '0'))::uuid, '${PACKAGE_ID}', jsonb_build_object(
      'still', jsonb_build_object('bit_depth', 8, 'colour_space', 'srgb', 'has_alpha', false),
      'face', jsonb_build_object(
        'carrier', CASE WHEN i % 2 = 0 THEN 'faceswap' ELSE 'fcWp' END, 'face_type', 'whole_face',
        'source_filename', CASE WHEN i % 2 = 0 THEN 'jane_take_01_' || lpad(i::text, 6, '0') || '.png' ELSE 'unknown_' || i || '.png' END,
        'source_rect', jsonb_build_array(1400, 500, 2200, 1300), 'source_size', jsonb_build_array(3840, 2160),
        'pose_raw', jsonb_build_array((i % 60) - 30, (i % 180) - 90, 0), 'pose_convention', 'degrees',
        'landmarks_in', 'crop', 'landmarks', '${JSON.stringify(landmarks)}'::jsonb))
    FROM generate_series(1, least(200, ${crops})) AS i;

    CREATE TEMPORARY TABLE clips AS
    SELECT ('01900000-0000-7000-a000-' || lpad(row_number() OVER ()::text, 12, '0'))::uuid AS id,
      regexp_replace(path, '/[^/]*$', '') AS folder_path, regexp_replace(path, '.*/', '') AS name, clips.*
    FROM (VALUES
      ('A_CAM/jane_take_01.mov', 'video', 'raw', 4100000000, 3840, 2160, 63.4, 'prores', NULL::int, NULL::int, NULL, 'ready', 'ready', NULL, NULL::timestamptz),
      ('A_CAM/jane_take_02.mov', 'video', 'raw', 3900000000, 3840, 2160, 3725.0, 'prores', NULL, NULL, NULL, 'ready', 'ready', NULL, now()),
      ('A_CAM/jane_take_03.mov', 'video', 'raw', 4000000000, 3840, 2160, 58.0, 'prores', NULL, NULL, NULL, 'ready', 'pending', NULL, NULL),
      ('graded/jane_take_01_graded_rec709_with_a_name_that_does_not_fit.mp4', 'video', 'graded', 82000000, 1280, 720, 4.2, 'h264', NULL, NULL, NULL, 'ready', 'none', NULL, NULL),
      ('plates/beachball.####.exr', 'sequence', 'raw', 9400000, 2048, 1556, 0.33, 'exr', 1, 8, '7', 'ready', 'ready', NULL, NULL),
      ('plates/sh010.####.exr', 'sequence', 'raw', 94000000000, 4096, 2160, 4, 'exr', 1001, 1096, '1003,1010-1014,1020-1025', 'ready', 'ready', NULL, NULL),
      ('audio/boom_01.wav', 'audio', 'audio', 12000000, NULL, NULL, 63.4, 'pcm_s24le', NULL, NULL, NULL, 'none', 'none', NULL, NULL),
      ('metadata/session.json', 'other', 'metadata', 3100, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'none', 'none', NULL, NULL),
      ('stills/broken.jpg', 'image', 'raw', 91000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'failed', 'none', 'The file ends in the middle of the picture: 91 kB of 2.4 MB are there.', NULL),
      ('stills/Flowers.exr', 'image', 'raw', 810000, 784, 734, NULL, 'exr', NULL, NULL, NULL, 'failed', 'none', 'ffmpeg cannot read luminance-chroma EXR, and oiiotool is not installed.', NULL),
      ('stills/waiting.png', 'image', 'raw', 810000, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'pending', 'none', NULL, NULL)
    ) AS clips (path, file_type, asset_type, size, width, height, duration, codec, first, last, gaps, thumbnail, proxy, problem, missing);

    INSERT INTO folders (package_id, number, project_id, path)
    SELECT '${CLIP_PACKAGE_ID}', row_number() OVER (ORDER BY folder_path), '${PROJECT_ID}', folder_path
    FROM (SELECT DISTINCT folder_path FROM clips) AS paths;

    INSERT INTO assets (id, project_id, package_id, subject_id, folder, name, file_type, asset_type, size_bytes, modified_at,
      width, height, duration_seconds, first_frame, last_frame, missing_frames,
      probe_status, thumbnail_status, thumbnail_version, proxy_status, proxy_version, sprite_version, waveform_version,
      problem, missing_since, review_status)
    SELECT clips.id, '${PROJECT_ID}', '${CLIP_PACKAGE_ID}', '${SUBJECT_ID}', folders.number, name, file_type, asset_type, size,
      timestamptz '2026-02-11 09:30Z', width, height, duration, first, last, gaps, CASE WHEN problem IS NULL THEN 'ready' ELSE 'failed' END,
      thumbnail, CASE WHEN thumbnail = 'ready' THEN 1 END, proxy, CASE WHEN proxy = 'ready' THEN 1 END,
      CASE WHEN proxy = 'ready' THEN 1 END, CASE WHEN file_type = 'audio' THEN 1 END, problem, missing, 'unreviewed'
    FROM clips JOIN folders ON folders.package_id = '${CLIP_PACKAGE_ID}' AND folders.path = folder_path;

    INSERT INTO asset_metadata (asset_id, package_id, frame_rate_numerator, frame_rate_denominator, codec)
    SELECT id, '${CLIP_PACKAGE_ID}', 24000, 1001, codec FROM clips WHERE width IS NOT NULL;
    UPDATE asset_metadata SET details = '${JSON.stringify(exr)}' WHERE asset_id IN (SELECT id FROM clips WHERE codec = 'exr');

    -- As the server counts: all assets arrived three days ago, and were reviewed since.
    INSERT INTO hourly_counts
    SELECT package_id, asset_type, date_trunc('hour', now()) - interval '3 days', count(*), sum(size_bytes), 0, 0, 0,
      count(picked_up_at), count(problem), count(missing_since), count(missing_frames), 0, NULL
    FROM assets GROUP BY package_id, asset_type;
    INSERT INTO hourly_counts
    SELECT package_id, asset_type, date_trunc('hour', now()) - abs(hashtext(id::text) % 3) * interval '1 day' AS day, 0, 0,
      count(*) FILTER (WHERE review_status = 'approved'), count(*) FILTER (WHERE review_status = 'rejected'),
      count(*) FILTER (WHERE review_status = 'flagged'), 0, 0, 0, 0, count(*), NULL
    FROM assets WHERE review_status <> 'unreviewed' GROUP BY package_id, asset_type, day;`;
}
