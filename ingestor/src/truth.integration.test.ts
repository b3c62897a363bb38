/** Checks that rows follow files that move, change, vanish and return. */
import { chmod, cp, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { idsByPath, line, touched } from './testing/describe-assets.ts';
import { TestLibrary } from './testing/library.ts';
import { until } from './testing/until.ts';

let library: TestLibrary;
beforeAll(async () => {
  library = await TestLibrary.make();
  await library.start();
});
afterAll(() => library[Symbol.asyncDispose]());

describe.concurrent('a package', () => {
  test('follows its folder, with tags and reviews, when the folder is renamed or moved', async ({ expect }) => {
    await library.pictures('harbour', 'a.png', 'JANE/b.png', 'JANE/c.png');
    const id = await library.ingest('harbour');
    const before = await library.touchAll(id);
    await rename(library.at('harbour'), library.at('harbour_renamed'));
    await until(async () => (await library.package(id))['source_path'] === library.at('harbour_renamed'));
    await library.atRest(id, 2);
    await mkdir(library.at('archive/2026'), { recursive: true });
    await rename(library.at('harbour_renamed'), library.at('archive/2026/harbour'));
    await library.pictures('archive/other', 'a.png');
    await until(async () => (await library.package(id))['source_path'] === library.at('archive/2026/harbour'));
    await library.atRest(id, 3);
    await library.incoming('archive/other', 'proposed');
    expect(await idsByPath(library, id)).toEqual(before);
    expect((await library.assets(id)).map(touched)).toEqual([
      'JANE/b.png approved JANE/b.png',
      'JANE/c.png approved JANE/c.png',
      'a.png approved a.png',
    ]);
    expect(await library.package(id)).toMatchObject({ status: 'ready', problem: null });
    const packages = await library.sql`SELECT id FROM packages WHERE source_path LIKE '%harbour%'`;
    expect(packages.length).toBe(1);
    // The former place is free for another delivery.
    await library.pictures('harbour', 'z.png');
    await library.incoming('harbour', 'proposed');
  });

  test('keeps its assets when folders and files within it are renamed, or copied and deleted', async ({ expect }) => {
    await library.pictures('within', 'JANE/a.png', 'JANE/b.png', 'c.png', 'd.png');
    await library.write('within/JANE/notes.txt', 'not a picture');
    const id = await library.ingest('within');
    const before = await library.touchAll(id);
    await rename(library.at('within/JANE'), library.at('within/JANE_DOE'));
    await rename(library.at('within/c.png'), library.at('within/c_renamed.png'));
    await cp(library.at('within/d.png'), library.at('within/JANE_DOE/d_copied.png'));
    await rm(library.at('within/d.png'));
    const [a, b, c, d, notes] = ['JANE/a.png', 'JANE/b.png', 'c.png', 'd.png', 'JANE/notes.txt'];
    await library.become(
      id,
      [
        `JANE_DOE/a.png approved ${a}`,
        `JANE_DOE/b.png approved ${b}`,
        `JANE_DOE/d_copied.png approved ${d}`,
        `JANE_DOE/notes.txt approved ${notes}`,
        `c_renamed.png approved ${c}`,
      ],
      touched,
    );
    expect([...(await idsByPath(library, id)).values()].sort()).toEqual([...before.values()].sort());
  });

  test('keeps a sequence that gains and loses frames as one asset', async ({ expect }) => {
    const frames = (...numbers: number[]) => numbers.map((number) => `sh.${String(number).padStart(4, '0')}.png`);
    await library.pictures('plate', ...frames(1, 2, 3, 4));
    const id = await library.ingest('plate');
    const before = await library.touchAll(id);
    const extent = async () => {
      const [row] = await library.sql`
        SELECT concat_ws(' ', first_frame, last_frame, frame_count, missing_frames, probe_status, proxy_status) AS text
        FROM assets WHERE package_id = ${id}`;
      return row?.['text'];
    };
    await library.pictures('plate', ...frames(5, 6));
    await rm(library.at('plate', frames(2)[0] ?? ''));
    await until(async () => (await extent()) === '1 6 5 2 ready ready');
    expect(await idsByPath(library, id)).toEqual(before);
  });

  test('fails once when it loses more than half of its files, and accepts the loss with --force', async ({
    expect,
  }) => {
    const names = Array.from({ length: 12 }, (_, index) => `p${String(index).padStart(2, '0')}.png`);
    await library.pictures('halved', ...names.map((name) => `x/${name}`), 'stays.png');
    const id = await library.ingest('halved');
    await rm(library.at('halved/x'), { recursive: true });
    await until(async () => (await library.package(id))['status'] === 'error');
    expect((await library.package(id))['problem']).toContain('12 of the 13 files of this package are gone');
    expect((await library.assets(id)).filter(({ missing }) => missing)).toEqual([]);
    // Long enough for other folders to be read again.
    await library.pictures('beside_halved', 'a.png');
    await library.incoming('beside_halved', 'proposed');
    const runs = await library.sql`SELECT status FROM runs WHERE package_id = ${id} ORDER BY created_at`;
    expect([...runs].map(({ status }) => status)).toEqual(['done', 'failed']);
    await library.ingest('halved', '--force');
    expect((await library.assets(id)).filter(({ missing }) => !missing)).toMatchObject([{ path: 'stays.png' }]);
    expect(await library.package(id)).toMatchObject({ status: 'ready', problem: null });
  });

  test('marks nothing missing below an unreadable folder, and scans again when it is readable', async ({ expect }) => {
    await library.pictures('hidden', 'a.png', 'inner/b.png', 'inner/deep/c.png');
    const id = await library.ingest('hidden');
    await rename(library.at('hidden/inner'), `${library.base}/inner`);
    // No user can follow this link, not even root.
    await symlink('inner', library.at('hidden/inner'));
    await library.pictures('hidden', 'd.png');
    await library.become(id, ['a.png ready', 'd.png ready', 'inner/b.png ready', 'inner/deep/c.png ready'], line);
    await library.atRest(id, 2);
    const problem = expect.stringContaining('inner (its links form a loop)');
    expect(await library.package(id)).toMatchObject({ status: 'ready', problem });
    // A look between two of these changes requests one more run, late on a slow machine. A loop would add runs for ever.
    const runs = async () => (await library.sql`SELECT FROM runs WHERE package_id = ${id}`).length;
    const counts = [await runs()];
    for (let round = 0; round < 4 && (round === 0 || counts.at(-1) !== counts.at(-2)); round += 1) {
      await library.pictures(`beside_hidden_${round}`, 'a.png');
      await library.incoming(`beside_hidden_${round}`, 'proposed');
      counts.push(await runs());
    }
    expect(counts.at(-1)).toBe(counts.at(-2));
    await rm(library.at('hidden/inner'));
    await rename(`${library.base}/inner`, library.at('hidden/inner'));
    await rm(library.at('hidden/inner/b.png'));
    await library.become(id, ['a.png ready', 'd.png ready', 'inner/b.png missing', 'inner/deep/c.png ready'], line);
    await until(async () => (await library.package(id))['problem'] === null);
  });

  test.runIf(process.getuid?.() !== 0)('marks nothing missing in a folder that it may not read', async ({ expect }) => {
    await library.pictures('locked', 'a.png', 'inner/b.png');
    const id = await library.ingest('locked');
    await chmod(library.at('locked/inner'), 0);
    await library.pictures('locked', 'c.png');
    await library.become(id, ['a.png ready', 'c.png ready', 'inner/b.png ready'], line);
    await chmod(library.at('locked'), 0);
    await until(async () => /permission denied/.test(String((await library.package(id))['problem'])));
    await chmod(library.at('locked'), 0o755);
    await chmod(library.at('locked/inner'), 0o755);
    await until(async () => (await library.package(id))['status'] === 'ready');
    expect((await library.assets(id)).filter(({ missing }) => missing)).toEqual([]);
  });
});

describe('a media root that is not mounted', () => {
  /** Hides everything below a folder, like an unmounted drive. */
  async function unmount(root: string, at: string): Promise<() => Promise<void>> {
    await mkdir(at);
    const names = await readdir(root);
    for (const name of names) await rename(`${root}/${name}`, `${at}/${name}`);
    return async () => {
      for (const name of names) await rename(`${at}/${name}`, `${root}/${name}`);
      await rm(at, { recursive: true });
    };
  }

  test.for([
    ['is empty', false],
    ['lost its sentinel', true],
  ] as const)(
    'marks nothing missing when it %s, reports why in runs, and continues when it is back',
    async ([, sentinel], { expect }) => {
      await using away = await TestLibrary.make();
      if (sentinel) await away.write('.ihub-root', 'nas-1\n');
      await away.pictures('day_1', ...Array.from({ length: 40 }, (_, index) => `c${index}_x.png`));
      await away.pictures('day_2', 'b.png');
      await away.pictures('incoming', 'b.png');
      await away.start();
      const id = await away.ingest('day_1');
      await away.incoming('incoming', 'proposed');

      await away.sql`UPDATE assets SET thumbnail_status = 'pending', thumbnail_key = NULL WHERE package_id = ${id}`;
      const mount = await unmount(away.root, `${away.base}/unmounted`);
      if (sentinel) await mkdir(away.at('lost+found'));
      const problem = await until(async () => {
        const [row] = await away.sql`SELECT problem FROM media_roots WHERE path = ${away.root}`;
        return (row?.['problem'] as string | null) ?? null;
      });
      expect(problem).toContain('looks like a drive that is not mounted');
      expect(await away.refused('ingest', 'day_1', '--project', 'Demo')).toContain('does not exist');
      const asked = await away.refused('rescan', 'day_1');
      expect(asked).toContain('not mounted');
      expect((await away.assets(id)).filter(({ missing, probe }) => missing || probe !== 'ready')).toEqual([]);
      expect(await away.sql`SELECT status FROM incoming WHERE name = 'incoming'`).toEqual([{ status: 'proposed' }]);

      await mount();
      await until(async () => (await away.package(id))['status'] === 'ready');
      expect(new Set((await away.assets(id)).map(({ thumbnail }) => thumbnail))).toEqual(new Set(['ready']));
      const [row] = await away.sql`SELECT problem FROM media_roots WHERE path = ${away.root}`;
      expect(row).toEqual({ problem: null });
      await away.ingest('day_2');
    },
  );

  test('changes nothing when it holds another tree', async ({ expect }) => {
    await using away = await TestLibrary.make();
    await away.write('.ihub-root', 'nas-1\n');
    await away.pictures('day_1', 'a.png');
    await away.start();
    const id = await away.ingest('day_1');
    const mount = await unmount(away.root, `${away.base}/unmounted`);
    await away.write('.ihub-root', 'nas-2\n');
    await away.pictures('stranger', 'a.png');
    const [row] = await until(async () => {
      const rows = await away.sql`SELECT problem FROM media_roots WHERE problem IS NOT NULL`;
      return rows.length > 0 && rows;
    });
    expect(row?.['problem']).toContain('nas-2 instead of nas-1');
    expect((await away.assets(id)).map(line)).toEqual(['a.png ready']);
    expect(await away.sql`SELECT FROM incoming WHERE name = 'stranger'`).toHaveLength(0);
    await rm(away.at('stranger'), { recursive: true });
    await rm(away.at('.ihub-root'));
    await mount();
    await until(async () => (await away.sql`SELECT FROM media_roots WHERE problem IS NOT NULL`).length === 0);
  });
});
