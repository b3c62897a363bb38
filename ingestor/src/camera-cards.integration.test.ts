/** Camera cards: clips in several files, sidecars, what is missing, and raw that nothing here decodes. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { r3dFile } from './media/raw/testing/r3d-file.ts';
import { TestLibrary } from './testing/library.ts';

const CLIP = 'A011.RDM/A011_C001_0402QX.RDC/A011_C001_0402QX';
const RED_RAW = 'The R3D file cannot be read here: RED raw.';
let library: TestLibrary;
let packageId: string;

beforeAll(async () => {
  library = await TestLibrary.make({ IHUB_WATCH: 'off' });
  await library.start();
  for (const part of ['001', '003'])
    await write(`${CLIP}_${part}.R3D`, r3dFile('RED2', { timecode: `10:15:20:${part.slice(1)}` }));
  await write(`${CLIP}.RMD`, 'look');
  await write('A011.RDM/digital_magazine.bin', 'card');
  await write('A011.RDM/A011_C002_0402QX.RDC/A011_C002_0402QX_001.R3D', r3dFile('RED1'));
  for (const frame of ['0000001', '0000002']) await write(`B003R1VX/B003C001_260311_R1VX.${frame}.ari`, `ARRI${frame}`);
  await write('C001_04021015_C001.braw', 'no video');
  packageId = await library.ingest('day');
  await library.atRest(packageId);
});
afterAll(() => library[Symbol.asyncDispose]());

async function write(file: string, content: string | Buffer): Promise<void> {
  const target = library.at('day', file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, content);
}

async function rows() {
  return library.sql`
    SELECT id, relative_path AS path, file_type, sidecar_of, missing_frames AS missing, problem, width, details,
      size_bytes::integer AS size, array(SELECT tag FROM asset_tags WHERE asset_id = assets.id) AS tags
    FROM assets LEFT JOIN asset_metadata ON asset_metadata.asset_id = assets.id
    WHERE assets.package_id = ${packageId} AND missing_since IS NULL AND deleted_at IS NULL
    ORDER BY relative_path COLLATE "C"`;
}

async function clip(): Promise<Record<string, unknown>> {
  const found = (await rows()).filter(({ path: at }) => String(at).endsWith('A011_C001_0402QX_###.R3D'));
  expect(found).toHaveLength(1);
  return found[0] as Record<string, unknown>;
}

async function rescan(runs: number): Promise<void> {
  await library.ihub('rescan', 'day');
  await library.atRest(packageId, runs);
}

test('the parts of a clip are one asset, and sidecars belong to it', async () => {
  expect((await rows()).map((row) => [row['path'], row['file_type'], row['sidecar_of'], row['missing']])).toEqual([
    [`${CLIP}.RMD`, 'other', 'A011_C001_0402QX', null],
    [`${CLIP}_###.R3D`, 'video', null, '2'],
    ['A011.RDM/A011_C002_0402QX.RDC/A011_C002_0402QX_001.R3D', 'video', null, null],
    ['A011.RDM/digital_magazine.bin', 'other', 'A011.RDM', null],
    ['B003R1VX/B003C001_260311_R1VX.#######.ari', 'sequence', null, null],
    ['C001_04021015_C001.braw', 'video', null, null],
  ]);
  const [summary] = await library.sql`
    SELECT asset_count, video_count, other_count, size_bytes::integer AS size FROM package_summaries WHERE package_id = ${packageId}`;
  const size = (await rows()).reduce((sum, row) => sum + row['size'], 0);
  expect(summary).toEqual({ asset_count: 4, video_count: 3, other_count: 0, size });
});

test('raw that cannot be read keeps the facts of its header', async () => {
  expect(await clip()).toMatchObject({
    ...{ problem: RED_RAW, width: 4096 },
    details: { timecode: '10:15:20:01', reel: 'A011', camera: { make: 'RED', model: 'KOMODO 6K' } },
  });
  const problems = (await rows()).map(({ problem }) => problem);
  const others = ['The ARI file cannot be read here: ARRI raw.', 'The BRAW file cannot be read here: Blackmagic raw.'];
  expect(problems).toEqual([null, RED_RAW, RED_RAW, null, ...others]);
});

test('a retry says the same', async () => {
  await library.ihub('retry', 'day');
  await library.atRest(packageId, 2);
  expect(await clip()).toMatchObject({ problem: RED_RAW, width: 4096 });
});

test('the package tells which part is missing', async () => {
  const { proposal, problem } = await library.package(packageId);
  const fault = 'The clip A011_C001_0402QX is not whole: part 2 is missing.';
  expect(proposal?.['evidence']).toContain(fault);
  expect(problem).toBe(fault);
});

test('a card that moves keeps its tags, and so does a clip whose missing part arrives', async () => {
  const before = await library.touchAll(packageId);
  await rename(library.at('day/A011.RDM'), library.at('day/A_CAM.RDM'));
  await rescan(3);
  const moved = await rows();
  expect(new Map(moved.map(({ id, path: at }) => [String(at).replace('A_CAM', 'A011'), id]))).toEqual(before);
  expect(moved.map(({ tags }) => tags)).toEqual([...before.keys()].map((at) => [at]));
  expect(moved[3]).toMatchObject({ path: 'A_CAM.RDM/digital_magazine.bin', sidecar_of: 'A_CAM.RDM' });

  await write(`${CLIP.replace('A011.RDM', 'A_CAM.RDM')}_002.R3D`, r3dFile('RED2'));
  await rescan(4);
  expect(await clip()).toMatchObject({ id: before.get(`${CLIP}_###.R3D`), missing: null, tags: [`${CLIP}_###.R3D`] });
  expect(await rows()).toHaveLength(6);
  expect(await library.package(packageId)).toMatchObject({ status: 'ready', problem: null });
});

test('a clip of one file stays the same asset when its second part arrives', async () => {
  const at = 'A_CAM.RDM/A011_C002_0402QX.RDC/A011_C002_0402QX';
  const [before] = (await rows()).filter((row) => row['path'] === `${at}_001.R3D`);
  await write(`${at}_002.R3D`, r3dFile('RED1'));
  await rescan(5);
  const [after] = (await rows()).filter((row) => row['path'] === `${at}_###.R3D`);
  expect(after).toMatchObject({ id: before?.['id'], tags: before?.['tags'], problem: RED_RAW, missing: null });
});
