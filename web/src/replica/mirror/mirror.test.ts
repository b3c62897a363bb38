import { afterEach, expect, test } from 'vitest';
import type { MirrorQuestion } from '../model/mirror-questions.ts';
import type { ReplicaChange } from '../model/replica.ts';
import { createMirror, type MirrorOptions } from './mirror.ts';
import { copyAssets, copyFolders, copyIds, copyTags, type MirroredAsset } from './testing/copied-assets.ts';

const [one, two] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002'] as const;

const asset: MirroredAsset = {
  id: '01900000-0000-7000-9000-000000000001',
  package_id: one,
  file_type: 'image',
  asset_type: 'plate',
  subject_id: null,
  camera: null,
  review_status: 'unreviewed',
  folder: 1,
  name: 'a.png',
  size_bytes: 1,
  modified_at: 0,
  duration_seconds: null,
  first_frame: null,
  last_frame: null,
  yaw: null,
  pitch: null,
  roll: null,
  sharpness: null,
  picked_up: false,
  missing: false,
  problem: false,
  sidecar: false,
  gaps: false,
};

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Opens a mirror of one asset, which stands for a database. */
function open(options: Partial<MirrorOptions> = {}) {
  const statements: string[] = [];
  const mirror = createMirror({
    async copy(statement) {
      statements.push(statement);
      if (statement.includes('FROM asset_tags')) return copyTags([[asset.id, 'hero']]);
      return statement.includes('FROM folders') ? copyFolders([[one, 1, 'plates']]) : copyAssets([asset]);
    },
    onChange: () => () => {},
    ...options,
  });
  closing.push(mirror.close);
  return { mirror, statements };
}

function listOf(id: string): MirrorQuestion {
  return { scope: { kind: 'package', id }, where: {}, sort: { by: 'name', descending: false } };
}

test('ask: ends a question when a later one of the same asker comes, and no other asker’s', async () => {
  const { mirror } = open();
  const answers = await Promise.all([
    mirror.ask(listOf(one), 'list', null),
    mirror.ask(listOf(one), 'other list', null),
    mirror.ask(listOf(one), 'list', null),
  ]);
  expect(answers.map((reply) => reply?.answer.order.length ?? null)).toEqual([null, 1, 1]);
});

test('ask: gives the ids that the asker does not know, and all of another generation', async () => {
  const { mirror } = open();
  const first = await mirror.ask(listOf(one), 'list', null);
  const generation = first?.generation ?? '';
  const again = await mirror.ask(listOf(one), 'list', { generation, rows: 1 });
  const other = await mirror.ask(listOf(one), 'list', { generation: 'other', rows: 1 });
  expect([first, again, other].map((reply) => [reply?.from, reply?.ids.length])).toEqual([
    [0, 16],
    [1, 0],
    [0, 16],
  ]);
});

test('ask: closes the scope that was asked about the longest ago when memory runs out', async () => {
  const { mirror, statements } = open({ memory: 1 });
  await mirror.ask(listOf(one), 'list', null);
  const opened = statements.length;
  await mirror.ask(listOf(two), 'list', null);
  await mirror.ask(listOf(one), 'list', null);
  expect(statements).toHaveLength(opened * 3);
});

test('ask: closes a scope that is no longer asked about', async () => {
  const { mirror } = open({ idle: 1 });
  const generation = (await mirror.ask(listOf(one), 'list', null))?.generation;
  await expect.poll(async () => (await mirror.ask(listOf(one), 'list', null))?.generation).not.toBe(generation);
});

test('ask: fails when the rows cannot be read, and reads them again for the next question', async () => {
  let broken = true as boolean;
  const { mirror } = open({
    async copy(statement) {
      if (broken) throw new Error('no database');
      return statement.includes('FROM assets') ? copyAssets([asset]) : copyTags([]);
    },
  });
  await expect(mirror.ask(listOf(one), 'list', null)).rejects.toThrow('no database');
  broken = false;
  expect((await mirror.ask(listOf(one), 'list', null))?.answer.order).toHaveLength(1);
});

test('ask: leaves out a package that is deleted by the commit that changes its assets', async () => {
  let live = [one];
  let hear = (_: ReplicaChange) => {};
  const { mirror } = open({
    async copy(statement) {
      if (statement.includes('FROM asset_tags')) return copyTags([]);
      if (statement.includes('FROM folders')) return copyFolders([[one, 1, 'plates']]);
      return statement.includes('FROM assets') ? copyAssets([asset]) : copyIds(live);
    },
    onChange(listener) {
      hear = listener;
      return () => {};
    },
  });
  const question: MirrorQuestion = { ...listOf(one), scope: { kind: 'library' } };
  expect((await mirror.ask(question, 'list', null))?.answer.order).toHaveLength(1);
  live = [];
  const packages = new Set([one]);
  hear({
    tables: new Map([
      ['packages', { packages: null, columns: null }],
      ['assets', { packages, columns: null, assets: { ids: new Set(), packages } }],
    ]),
  });
  expect((await mirror.ask(question, 'list', null))?.answer.order).toHaveLength(0);
});

test('ask: refuses a scope whose id is no uuid', async () => {
  const { mirror, statements } = open();
  await expect(mirror.ask(listOf("x'; DROP TABLE assets"), 'list', null)).rejects.toThrow(TypeError);
  expect(statements).toEqual([]);
});
