import { storedPath } from '@ingesthub/schema/paths/stored-path.ts';
import { describe, expect, test } from 'vitest';
import type { ScannedAsset } from '../../scan/assets-of.ts';
import { fileKey } from '../../scan/file-identity.ts';
import type { KnownAsset } from '../../sql/known-assets.ts';
import { type Doubts, decidePlaces } from './decide-places.ts';

const FINE = 1_700_000_000_123_456_789n;
const COARSE = 1_700_000_000_000_000_000n;

interface File {
  readonly path: string;
  readonly inode?: bigint;
  readonly time?: bigint;
  readonly changed?: bigint;
  readonly born?: bigint | null;
  readonly size?: number;
  /** Hash of its bytes. */
  readonly content?: string;
}

function place({ path, inode = 1n, time = FINE, changed = 1n, born = null, size = 10 }: File): ScannedAsset {
  return {
    relativePath: path,
    fileType: 'image',
    size,
    modifiedAt: new Date(0),
    device: 1n,
    inode,
    modifiedNs: time,
    changedNs: changed,
    bornNs: born,
    sequence: null,
    frames: null,
    sidecarOf: null,
  };
}

function row({ path, inode = 1n, time = FINE, changed = 1n, size = 10, content }: File): KnownAsset {
  return {
    id: path,
    packageId: 'package',
    sourcePath: storedPath('/media/package'),
    relativePath: path,
    fileType: 'image',
    size,
    modifiedNs: String(time),
    changedNs: String(changed),
    device: '1',
    inode: String(inode),
    firstFrame: null,
    lastFrame: null,
    framePadding: null,
    missingFrames: null,
    duplicateFrames: null,
    sidecarOf: null,
    contentHash: content ?? null,
    missingSince: null,
    deleted: false,
  };
}

/** @returns lines that map each file to its row, followed by the fate of the other rows. */
async function decide(rows: readonly KnownAsset[], files: readonly File[], doubts: Partial<Doubts> = {}) {
  const read: string[] = [];
  const contents = new Map(files.map(({ path, content }) => [path, content ?? null]));
  const decisions = await decidePlaces({
    places: files.map(place),
    rows,
    alive: new Set(),
    frameKeys: new Map(),
    packageId: 'package',
    hashOf: async ({ relativePath }) => {
      read.push(relativePath);
      return contents.get(relativePath) ?? null;
    },
    ...doubts,
  });
  return {
    lines: [
      ...decisions.assigned.map(
        (one) =>
          `${one.place.relativePath} is ${one.row.relativePath}${one.isSame ? '' : ', changed'}${one.toVerify ? ', to be verified' : ''}`,
      ),
      ...decisions.added.map(({ relativePath }) => `${relativePath} is new`),
      ...decisions.lost.map(({ relativePath }) => `${relativePath} is lost`),
    ].sort(),
    read: [...new Set(read)].sort(),
  };
}

describe('decidePlaces', () => {
  test('follows inode, size and time through renames without reading', async () => {
    const rows = [row({ path: 'a', inode: 1n, content: 'A' }), row({ path: 'b', inode: 2n, content: 'B' })];
    const files = [
      { path: 'a', inode: 2n, changed: 2n },
      { path: 'b', inode: 1n, changed: 2n },
    ];
    expect(await decide(rows, files)).toEqual({ lines: ['a is b', 'b is a'], read: [] });
  });

  test('joins the files of a clip that were assets of their own', async () => {
    const parts = [1n, 2n, 3n].map((inode) => ({ path: `A_00${inode}.R3D`, inode, content: String(inode) }));
    const clip = { ...place({ path: 'A_###.R3D', inode: 1n, size: 30 }), frames: parts.map(place) };
    const { assigned, absorbed, added, lost } = await decidePlaces({
      ...{ places: [clip], rows: parts.map(row), alive: new Set(), frameKeys: new Map(), packageId: 'package' },
      hashOf: async () => null,
    });
    expect(assigned.map(({ place: { relativePath }, isSame }) => [relativePath, isSame])).toEqual([
      ['A_###.R3D', false],
    ]);
    expect([absorbed.length, added.length, lost.length]).toEqual([2, 0, 0]);
  });

  test('compares the content when times are whole seconds, because a free inode goes to the next file', async () => {
    const rows = [row({ path: 'a', inode: 1n, time: COARSE, content: 'A' })];
    const file = { path: 'b', inode: 1n, time: COARSE, changed: 2n };
    expect((await decide(rows, [{ ...file, content: 'A' }])).lines).toEqual(['b is a']);
    expect((await decide(rows, [{ ...file, content: 'B' }])).lines).toEqual(['a is lost', 'b is new']);
    // A file with an equal change time has not been touched.
    expect(await decide(rows, [{ ...file, changed: 1n }])).toEqual({ lines: ['b is a'], read: [] });
  });

  test('trusts size and time when inodes are unstable, until the content was read', async () => {
    const rows = [row({ path: 'a', inode: 1n, content: 'A' })];
    expect(await decide(rows, [{ path: 'a', inode: 9n, changed: 2n }])).toEqual({
      lines: ['a is a, to be verified'],
      read: [],
    });
  });

  test('compares the content at once when files of equal size and time may have been exchanged', async () => {
    const rows = [row({ path: 'a', inode: 1n, content: 'A' }), row({ path: 'b', inode: 2n, content: 'B' })];
    const files = [
      { path: 'a', inode: 8n, changed: 2n, content: 'B' },
      { path: 'b', inode: 9n, changed: 2n, content: 'A' },
    ];
    expect((await decide(rows, files)).lines).toEqual(['a is b', 'b is a']);
    // Unreadable files are not remade before they can be read.
    const unreadable = files.map(({ content: _, ...file }) => file);
    expect((await decide(rows, unreadable)).lines).toEqual(['a is a, to be verified', 'b is b, to be verified']);
  });

  test('identifies an edited file by its name, and treats a new file under a lost name as new', async () => {
    const file = { path: 'a', inode: 9n, time: FINE + 1n, size: 11, content: 'X' };
    const known = row({ path: 'a', content: 'A' });
    expect((await decide([known], [file])).lines).toEqual(['a is a, changed']);
    expect((await decide([{ ...known, missingSince: new Date() }], [file])).lines).toEqual(['a is new']);
  });

  test('takes a file under another’s name for a new one when its content has another owner, and asks once', async () => {
    const file = { path: 'a', inode: 9n, time: FINE + 1n, size: 11, content: 'X' };
    const asked: string[][] = [];
    const ownersOf = (ids: readonly string[], rows: readonly KnownAsset[] = []) => ({
      ownersOf: async (files: readonly ScannedAsset[]) => {
        asked.push(files.map(({ relativePath }) => relativePath));
        return { ids: new Map(files.map((each) => [each, new Set(ids)])), rows };
      },
    });
    const known = row({ path: 'a', content: 'A' });
    const files = [file, { ...file, path: 'b', inode: 10n }];
    expect((await decide([known], files, ownersOf(['a']))).lines).toEqual(['a is a, changed', 'b is new']);
    expect((await decide([known], [file], ownersOf(['z']))).lines).toEqual(['a is lost', 'a is new']);
    const gone = { ...row({ path: 'z', inode: 5n, size: 11, content: 'X' }), packageId: 'other' };
    expect((await decide([known], [file], ownersOf(['z'], [gone]))).lines).toEqual(['a is lost', 'a is z']);
    expect(asked).toEqual([['a'], ['a'], ['a']]);
  });

  test('gives a file that seems to be back to the asset that lost its file last', async () => {
    const lost = { ...row({ path: 'a', inode: 5n, content: 'A' }), missingSince: new Date(1) };
    const later = { ...row({ path: 'z', inode: 6n, content: 'A' }), packageId: 'other', missingSince: new Date(2) };
    const file = { path: 'b', inode: 9n, time: FINE + 1n, content: 'A' };
    expect((await decide([lost], [file])).lines).toEqual(['b is a']);
    const ownersOf = async () => ({ ids: new Map(), rows: [later] });
    expect((await decide([lost], [file], { ownersOf })).lines).toEqual(['b is z']);
  });

  test('matches a file with whole-second times to a frame only when it is as old as the frame', async () => {
    const sequence = {
      ...row({ path: 'a.#', time: COARSE, changed: 5n }),
      firstFrame: 1,
      lastFrame: 3,
      framePadding: 1,
    };
    const keys = [1n, 2n, 3n].map((inode) => fileKey({ inode, size: 10, modifiedNs: COARSE }));
    const doubts = { alive: new Set([sequence]), frameKeys: new Map([[sequence.id, keys]]) };
    const heirs = async (born: bigint | null) => {
      const file = place({ path: 'b', inode: 2n, time: COARSE, changed: 9n, born });
      const decisions = await decidePlaces({
        ...doubts,
        places: [file],
        rows: [sequence],
        packageId: 'package',
        hashOf: async () => null,
      });
      return decisions.heirs.map(({ from }) => from.id);
    };
    expect(await heirs(4n)).toEqual(['a.#']);
    expect(await heirs(6n)).toEqual([]);
    // Unknown: a free inode goes to the next file.
    expect(await heirs(null)).toEqual([]);
  });

  test('matches a frame with whole-second times to a single picture only when the content agrees', async () => {
    const known = row({ path: 'a', inode: 1n, time: COARSE, content: 'A' });
    const frames = [1n, 2n].map((inode) => place({ path: `b.${inode}`, inode, time: COARSE, changed: 9n }));
    const sequence = { first: 1, last: 2, count: 2, padding: 1, missing: null, duplicates: null };
    const found: ScannedAsset = { ...place({ path: 'b.#' }), fileType: 'sequence', sequence, frames };
    const lost = async (content: string) => {
      const decisions = await decidePlaces({
        places: [found],
        rows: [known],
        alive: new Set(),
        frameKeys: new Map(),
        packageId: 'package',
        hashOf: async ({ relativePath }) => (relativePath === 'b.1' ? content : null),
      });
      return decisions.lost.map(({ id }) => id);
    };
    expect(await lost('A')).toEqual([]);
    expect(await lost('B')).toEqual(['a']);
  });

  test('keeps rows whose files are in place, and passes their tags to parts of them', async () => {
    const frames = [1n, 2n].map((inode) => ({ ...place({ path: `b.${inode}`, inode }), relativePath: `b.${inode}` }));
    const sequence = { first: 1, last: 2, count: 2, padding: 1, missing: null, duplicates: null };
    const found: ScannedAsset = { ...place({ path: 'b.#' }), fileType: 'sequence', sequence, frames };
    const known = { ...row({ path: 'a.#' }), firstFrame: 1, lastFrame: 3, framePadding: 1 };
    const decisions = await decidePlaces({
      places: [found],
      rows: [known],
      alive: new Set([known]),
      frameKeys: new Map([[known.id, [1n, 2n, 3n].map((inode) => fileKey({ inode, size: 10, modifiedNs: FINE }))]]),
      packageId: 'other',
      hashOf: async () => null,
    });
    expect(decisions).toEqual({
      assigned: [],
      absorbed: [],
      added: [found],
      heirs: [{ place: found, from: known }],
      lost: [],
    });
  });
});
