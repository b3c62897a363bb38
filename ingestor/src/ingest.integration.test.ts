import { mkdir, mkdtemp, realpath, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@ingesthub/launch/test-database.ts';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { assetMetadataRow, storedAssetRow } from '@ingesthub/schema/library/rows.ts';
import sharp from 'sharp';
import { thumbHashToApproximateAspectRatio } from 'thumbhash';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ffprobe } from './media/video/ffprobe.ts';
import { type DaemonProcess, type ProcessEnvironment, runIhub, startDaemon } from './testing/ihub-process.ts';
import { cutInHalf, makePicture, makeWithFfmpeg, writeText } from './testing/media-files.ts';

let database: TestDatabase;
let base: string;
let delivery: string;
let env: ProcessEnvironment;
let daemon: DaemonProcess;

beforeAll(async () => {
  base = await realpath(await mkdtemp(path.join(tmpdir(), 'ihub-ingest-')));
  delivery = path.join(base, 'media', 'delivery');
  await Promise.all([
    makeWithFfmpeg(
      path.join(delivery, 'JANE_DOE/A_CAM/scene_01.mov'),
      '-f lavfi -i testsrc=size=321x181:rate=24:duration=1 -f lavfi -i sine=duration=1 -c:v mjpeg -c:a pcm_s16le',
    ),
    makeWithFfmpeg(
      path.join(delivery, 'JANE_DOE/playable.mp4'),
      '-f lavfi -i testsrc=size=64x64:rate=24:duration=1 -c:v libx264 -pix_fmt yuv420p',
    ),
    makeWithFfmpeg(
      path.join(delivery, 'JANE_DOE/cut.mp4'),
      '-f lavfi -i testsrc=duration=1 -c:v libx264 -pix_fmt yuv420p',
    ),
    makeWithFfmpeg(path.join(delivery, 'audio/boom.wav'), '-f lavfi -i sine=duration=1'),
    makeWithFfmpeg(path.join(delivery, 'audio/room.aiff'), '-f lavfi -i sine=frequency=99:duration=1'),
    makeWithFfmpeg(path.join(delivery, 'plate/sh.%04d.jpg'), '-f lavfi -i testsrc=size=64x36:rate=24:duration=0.25'),
    makePicture(path.join(delivery, 'still.png'), 1, { width: 1000, height: 500 }),
    makePicture(path.join(delivery, 'cut.jpg'), 2, { width: 900, height: 900 }),
    writeText(path.join(delivery, 'notes.txt'), 'scene 1\n'),
    writeText(path.join(delivery, 'empty.mov'), ''),
    writeText(path.join(delivery, 'text.mp4'), 'not a video'),
    writeText(path.join(delivery, '.DS_Store'), 'litter'),
    writeText(path.join(base, 'media-beside/a.txt'), 'outside the root'),
    mkdir(path.join(base, 'media/nothing'), { recursive: true }),
  ]);
  await rm(path.join(delivery, 'plate/sh.0003.jpg'));
  await cutInHalf(path.join(delivery, 'JANE_DOE/cut.mp4'));
  await cutInHalf(path.join(delivery, 'cut.jpg'));

  database = await createTestDatabase();
  env = {
    DATABASE_URL: database.url,
    MEDIA_ROOT_PATHS: path.join(base, 'media'),
    PROXY_DIR: path.join(base, 'derivatives'),
    INIT_CWD: path.join(base, 'media'),
  };
  daemon = startDaemon(env);
  await daemon.ready;
}, 120_000);

afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await rm(base, { recursive: true, force: true });
});

async function assets() {
  const rows = await database.sql`SELECT * FROM assets ORDER BY relative_path COLLATE "C"`;
  return rows.map((row) => storedAssetRow.parse(row));
}

async function ingest(...options: string[]) {
  const { code, stdout, stderr } = await runIhub(
    ['ingest', 'delivery', '--project', 'Demo', '--json', ...options],
    env,
  );
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe('ihub ingest', () => {
  test('registers every file once, with facts and previews, or a reason', async () => {
    const report = await ingest('--tags', 'day2,hero');
    expect(report.assets).toEqual({
      total: 11,
      by_file_type: { audio: 2, image: 2, other: 1, sequence: 1, video: 5 },
      with_problems: 4,
    });
    expect(report.run).toMatchObject({ status: 'done', files_found: 15, assets_registered: 11, assets_failed: 4 });
    expect(report.package).toMatchObject({ status: 'ready', type: 'atman', name: 'delivery' });

    const table = (await assets()).map((asset) =>
      [asset.relative_path, asset.probe_status, asset.thumbnail_status, asset.proxy_status, asset.problem ?? ''].join(
        ' ',
      ),
    );
    expect(table).toEqual([
      'JANE_DOE/A_CAM/scene_01.mov ready ready ready ',
      expect.stringMatching(
        /^JANE_DOE\/cut\.mp4 failed failed failed The MP4 file is damaged .*moov atom not found\.$/,
      ),
      'JANE_DOE/playable.mp4 ready ready none ',
      'audio/boom.wav ready none none ',
      'audio/room.aiff ready none ready ',
      expect.stringMatching(/^cut\.jpg ready failed none The JPG file is damaged /),
      'empty.mov failed failed failed The file is empty (0 bytes).',
      'notes.txt none none none ',
      'plate/sh.####.jpg ready ready ready ',
      'still.png ready ready none ',
      expect.stringMatching(/^text\.mp4 failed failed failed The MP4 file is damaged or not what its name says/),
    ]);
  });

  test('stores the facts that it found', async () => {
    const [scene] = await assets();
    expect(scene).toMatchObject({
      file_type: 'video',
      asset_type: 'raw',
      camera: 'cam_a',
      width: 321,
      height: 181,
      duration_seconds: 1,
      updated_by: 'ingestor',
    });
    const [metadata] = await database.sql`SELECT * FROM asset_metadata WHERE asset_id = ${scene?.id ?? null}`;
    expect(assetMetadataRow.parse(metadata)).toMatchObject({
      package_id: scene?.package_id,
      frame_rate_numerator: 24,
      frame_rate_denominator: 1,
      codec: 'mjpeg',
      audio_codec: 'pcm_s16le',
      sample_rate: 44100,
    });
    const folders = await database.sql`
      SELECT path FROM folders JOIN assets ON folder = number AND assets.package_id = folders.package_id
      WHERE assets.id = ${scene?.id ?? null}`;
    expect([...folders]).toEqual([{ path: 'JANE_DOE/A_CAM' }]);
    const sequence = (await assets()).find(({ file_type }) => file_type === 'sequence');
    expect(sequence).toMatchObject({ first_frame: 1, last_frame: 6, frame_count: 5, missing_frames: '3', width: 64 });
    const subjects = await database.sql`
      SELECT subjects.name, packages.subject_id = subjects.id AS is_primary, packages.tags, packages.proposal->>'source' AS source
      FROM subjects JOIN packages ON packages.project_id = subjects.project_id ORDER BY subjects.name`;
    expect([...subjects]).toEqual([
      { name: 'JANE_DOE', is_primary: true, tags: ['day2', 'hero'], source: 'rules' },
      { name: 'shared', is_primary: false, tags: ['day2', 'hero'], source: 'rules' },
    ]);
  });

  test('makes previews that browsers can show', async () => {
    const file = (key: string | null) => path.join(base, 'derivatives', derivativePath(key ?? ''));
    for (const asset of await assets()) {
      if (asset.thumbnail_status === 'ready') {
        const { format, width, height } = await sharp(file(asset.thumbnail_key)).metadata();
        expect(format).toBe('webp');
        // A video's thumbnail has even sides.
        const edge = Math.min(480, Math.max(asset.width ?? 0, asset.height ?? 0));
        expect(Math.abs(Math.max(width, height) - edge)).toBeLessThanOrEqual(1);
        const shape = thumbHashToApproximateAspectRatio(asset.placeholder ?? new Uint8Array());
        expect(shape / (width / height)).toBeCloseTo(1, 0);
      }
      if (asset.proxy_status === 'ready') {
        const proxy = await ffprobe(file(asset.proxy_key), new AbortController().signal);
        const isSound = asset.file_type === 'audio';
        expect(proxy).toMatchObject({ hasVideo: !isSound, pixelFormat: isSound ? null : 'yuv420p' });
        expect(((proxy.facts.width ?? 0) % 2) + ((proxy.facts.height ?? 0) % 2)).toBe(0);
      }
    }
  });

  test('does not change rows of unchanged files when run again', async () => {
    const before = (await assets()).filter(({ problem }) => problem === null);
    const report = await ingest();
    expect(report.assets.total).toBe(11);
    expect((await assets()).filter(({ problem }) => problem === null)).toEqual(before);
    expect(await database.sql`SELECT count(*)::integer FROM packages`).toEqual([{ count: 1 }]);
  });

  test('probes changed files again, keeps their tags, and marks missing files', async () => {
    const before = await assets();
    await database.sql`UPDATE assets SET review_status = 'approved'`;
    await database.sql`
      INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
      SELECT id, 'keep', package_id, project_id FROM assets`;
    await makePicture(path.join(delivery, 'still.png'), 3, { width: 30, height: 40 });
    await utimes(path.join(delivery, 'notes.txt'), 1, 1);
    await rm(path.join(delivery, 'audio/boom.wav'));
    await makePicture(path.join(delivery, 'new.png'), 4);
    await ingest();
    const byPath = new Map((await assets()).map((asset) => [asset.relative_path, asset]));
    expect(byPath.size).toBe(12);
    expect(byPath.get('still.png')).toMatchObject({
      width: 30,
      thumbnail_status: 'ready',
      review_status: 'approved',
    });
    expect(byPath.get('new.png')).toMatchObject({ thumbnail_status: 'ready', review_status: 'unreviewed' });
    const tagged = await database.sql`SELECT asset_id FROM asset_tags WHERE tag = 'keep'`;
    expect(tagged.map((row) => row['asset_id']).toSorted()).toEqual(before.map(({ id }) => id).toSorted());
    expect(byPath.get('audio/boom.wav')?.missing_since).toBeInstanceOf(Date);

    await makeWithFfmpeg(path.join(delivery, 'audio/boom.wav'), '-f lavfi -i sine=duration=1');
    await ingest();
    expect((await assets()).find(({ name }) => name === 'boom.wav')?.missing_since).toBeNull();
  });

  test('places files again when a person sets their type and subject', async () => {
    const report = await ingest('--type', 'vfx', '--subject', 'john');
    expect(report.package.type).toBe('vfx');
    const rows = await database.sql`
      SELECT DISTINCT subjects.name, assets.asset_type FROM assets JOIN subjects ON subjects.id = assets.subject_id
      ORDER BY asset_type`;
    expect([...rows]).toEqual([
      { name: 'john', asset_type: 'aligned' },
      { name: 'john', asset_type: 'plate' },
    ]);
  });

  test('treats a folder that lost most of its files as an unmounted drive', async () => {
    const before = await assets();
    await rm(path.join(delivery, 'JANE_DOE'), { recursive: true });
    await rm(path.join(delivery, 'audio'), { recursive: true });
    await rm(path.join(delivery, 'plate'), { recursive: true });
    await rm(path.join(delivery, 'still.png'));
    const { code, stderr } = await runIhub(['ingest', 'delivery', '--project', 'Demo'], env);
    expect(code).toBe(1);
    expect(stderr).toContain('7 of the 12 files of this package are gone');
    const missing = (rows: typeof before) => rows.map(({ id, missing_since }) => [id, missing_since]);
    expect(missing(await assets())).toEqual(missing(before));
    const [row] = await database.sql`SELECT status, problem FROM packages`;
    expect(row).toMatchObject({ status: 'error', problem: expect.stringContaining('not mounted') });
  });
});

describe.concurrent('ihub with bad input', () => {
  async function everything() {
    return database.sql`
      SELECT
        (SELECT count(*) FROM projects) AS projects, (SELECT count(*) FROM packages) AS packages,
        (SELECT count(*) FROM runs) AS runs, (SELECT count(*) FROM subjects) AS subjects`;
  }

  test.each<[string, string[], number, string, string]>([
    ['a missing folder', ['ingest', 'gone', '--project', 'New'], 1, 'not_found', 'does not exist'],
    [
      'a folder outside the roots',
      ['ingest', '../media-beside', '--project', 'New'],
      1,
      'forbidden',
      'outside the media roots',
    ],
    ['an empty folder', ['ingest', 'nothing', '--project', 'New'], 1, 'invalid_arguments', 'contains no files'],
    ['a file', ['ingest', 'delivery/notes.txt', '--project', 'New'], 1, 'invalid_arguments', 'is a file'],
    ['no project', ['ingest', 'delivery'], 2, 'invalid_arguments', 'needs a project'],
    ['an unknown command', ['frobnicate'], 2, 'invalid_arguments', 'unknown command frobnicate'],
    ['a scan outside the roots', ['scan', '/'], 1, 'forbidden', 'outside the media roots'],
  ])('ihub explains %s in one sentence, and writes nothing', async (_, args, code, errorCode, message) => {
    const before = await everything();
    const result = await runIhub([...args, '--json'], env);
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(/^ihub: .+\n$/);
    expect(result.stderr).toContain(message);
    expect(JSON.parse(result.stdout).error.code).toBe(errorCode);
    expect(await everything()).toEqual(before);
  });

  test.each<[string, ProcessEnvironment, string]>([
    ['a database that does not answer', { DATABASE_URL: 'postgres://ihub:secret@127.0.0.1:9/x' }, 'does not answer'],
    [
      'a product that is not running',
      { IHUB_DATA_DIR: '/nonexistent' },
      'Start it with npm start, or set DATABASE_URL',
    ],
  ])('ihub explains %s in one sentence', async (_, environment, message) => {
    const { code, stdout, stderr } = await runIhub(['status'], environment);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^ihub: .+\n$/);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('secret');
  });

  test('ihub ingest fails when no ingestor is running', async () => {
    await using empty = await createTestDatabase();
    const { code, stderr } = await runIhub(['ingest', 'delivery', '--project', 'P'], {
      ...env,
      DATABASE_URL: empty.url,
    });
    expect(code).toBe(1);
    expect(stderr).toBe('ihub: No ingestor is running. Start one with npm start or ihub daemon.\n');
  });

  test('ihub daemon fails when the host already has one', async () => {
    const { code, stderr } = await startDaemon(env).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ihub: An ingestor is already running on .+\n$/);
  });
});

test('ihub scan shows what a folder would become, and writes nothing', async () => {
  const before = await assets();
  const { code, stdout } = await runIhub(['scan', 'delivery', '--json'], env);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ type: 'atman', name: 'delivery', proposal: { source: 'rules' } });
  expect(await assets()).toEqual(before);
});
