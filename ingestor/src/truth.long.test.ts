/** Checks the rarer stories of files that move, change and vanish; `truth.integration.test.ts` has the others. */
import { appendFile, copyFile, cp, link, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { idsByPath, line, touched } from './testing/describe-assets.ts';
import { TestLibrary } from './testing/library.ts';
import { makePicture } from './testing/media-files.ts';
import { until } from './testing/until.ts';

let library: TestLibrary;
beforeAll(async () => {
  library = await TestLibrary.make();
  await library.start();
});
afterAll(() => library[Symbol.asyncDispose]());

describe.concurrent('a package', () => {
  test('follows its folder when it is copied, and the original deleted much later', async ({ expect }) => {
    await library.pictures('copied', 'a.png', 'JANE/b.png');
    const id = await library.ingest('copied');
    const before = await library.touchAll(id);
    await cp(library.at('copied'), library.at('copied_to'), { recursive: true, preserveTimestamps: true });
    await library.incoming('copied_to', 'proposed');
    await rm(library.at('copied'), { recursive: true });
    await until(async () => (await library.package(id))['source_path'] === library.at('copied_to'));
    await library.atRest(id, 2);
    expect(await idsByPath(library, id)).toEqual(before);
    expect(await library.package(id)).toMatchObject({ status: 'ready', problem: null });
  });

  test('recognises an old copy beside its original once the original is gone', async ({ expect }) => {
    await library.pictures('beside', 'a.png', 'b.png', 'c.png');
    const id = await library.ingest('beside');
    const before = await library.touchAll(id);
    await cp(library.at('beside/a.png'), library.at('beside/copy.png'));
    await library.become(id, ['a.png ready', 'b.png ready', 'c.png ready', 'copy.png ready'], line);
    await library.atRest(id, 2);
    await rm(library.at('beside/a.png'));
    await library.become(id, ['b.png approved b.png', 'c.png approved c.png', 'copy.png approved a.png'], touched);
    expect((await idsByPath(library, id)).get('copy.png')).toBe(before.get('a.png'));
  });

  test('hands a moved file to another package of its project, with its tags and review', async ({ expect }) => {
    await library.pictures('from', ...'abcd'.split('').map((name) => `${name}.png`));
    await library.pictures('to', 'z.png');
    const [from, to] = [await library.ingest('from'), await library.ingest('to')];
    const before = await library.touchAll(from);
    await rename(library.at('from/a.png'), library.at('to/a_moved.png'));
    await library.become(to, ['a_moved.png approved a.png', 'z.png unreviewed '], touched);
    await library.become(from, ['b.png approved b.png', 'c.png approved c.png', 'd.png approved d.png'], touched);
    expect((await idsByPath(library, to)).get('a_moved.png')).toBe(before.get('a.png'));
  });

  test('probes an edited file again, and recognises files that disappear and return', async ({ expect }) => {
    await library.pictures('edits', 'a.png', 'b.png', 'c.png');
    const id = await library.ingest('edits');
    const before = await library.touchAll(id);
    const hash = async () =>
      (await library.sql`SELECT content_hash FROM assets WHERE package_id = ${id} AND name = 'a.png'`)[0]?.[
        'content_hash'
      ];
    const first = await hash();
    await makePicture(library.at('edits/a.png'), 77, { width: 30, height: 40 });
    await rename(library.at('edits/b.png'), `${library.base}/b.png`);
    await library.become(id, ['a.png approved a.png', 'b.png missing approved b.png', 'c.png approved c.png'], touched);
    await until(async () => ![first, null].includes(await hash()));
    await rename(`${library.base}/b.png`, library.at('edits/b.png'));
    await library.become(id, ['a.png ready', 'b.png ready', 'c.png ready'], line);
    expect(await idsByPath(library, id)).toEqual(before);
  });

  test('keeps identical files and hard links as separate assets, even when one is deleted', async ({ expect }) => {
    await library.pictures('twins', 'a.png', 'c.png', 'e.png', 'f.png');
    await copyFile(library.at('twins/a.png'), library.at('twins/b.png'));
    await link(library.at('twins/c.png'), library.at('twins/d.png'));
    const id = await library.ingest('twins');
    const before = await library.touchAll(id);
    await library.sql`DELETE FROM asset_tags WHERE package_id = ${id} AND tag IN ('b.png', 'd.png')`;
    await library.sql`UPDATE assets SET review_status = 'unreviewed' WHERE package_id = ${id} AND name IN ('b.png', 'd.png')`;
    await rm(library.at('twins/a.png'));
    await rm(library.at('twins/c.png'));
    await library.become(
      id,
      ['a.png missing', 'b.png ready', 'c.png missing', 'd.png ready', 'e.png ready', 'f.png ready'],
      line,
    );
    await library.atRest(id, 2);
    expect(await idsByPath(library, id)).toEqual(before);
  });

  test('is correct in the end when its files change during the work', async () => {
    await library.pictures('restless', 'still.png');
    await writeFile(library.at('restless/notes.txt'), '');
    const growing = new AbortController();
    let size = 0;
    const grow = (async () => {
      while (!growing.signal.aborted) {
        size += 1;
        await appendFile(library.at('restless/notes.txt'), 'x');
        await makePicture(library.at('restless/still.png'), size, { width: 20 + (size % 50), height: 20 });
      }
    })();
    await library.ihub('ingest', 'restless', '--project', 'Demo', '--no-wait');
    const id = await until(async () => {
      const [row] = await library.sql`SELECT package_id AS id FROM assets WHERE name = 'still.png' AND package_id IN (
        SELECT id FROM packages WHERE source_path = ${library.at('restless')})`;
      return row?.['id'] ?? null;
    });
    growing.abort();
    await grow;
    await until(async () => {
      const [row] = await library.sql`
        SELECT width, probe_status, thumbnail_status FROM assets WHERE package_id = ${id} AND name = 'still.png'`;
      return (
        row?.['probe_status'] === 'ready' && row['thumbnail_status'] === 'ready' && row['width'] === 20 + (size % 50)
      );
    });
    await library.atRest(id);
  });

  test('keeps deleted and purged assets away when it is scanned, renamed and forced', async ({ expect }) => {
    await library.pictures('forgotten', 'a.png', 'purged.png', 'deleted.png');
    const id = await library.ingest('forgotten');
    await library.sql`UPDATE assets SET deleted_at = now() WHERE package_id = ${id} AND name = 'deleted.png'`;
    await library.sql`
      WITH purged AS (DELETE FROM assets WHERE package_id = ${id} AND name = 'purged.png' RETURNING *)
      INSERT INTO forgotten_files SELECT package_id, relative_path, size_bytes, modified_ns FROM purged`;
    await library.ingest('forgotten', '--force');
    expect((await library.assets(id)).map(line)).toEqual(['a.png ready']);
    await rename(library.at('forgotten/deleted.png'), library.at('forgotten/deleted_renamed.png'));
    await library.pictures('forgotten', 'b.png');
    await library.become(id, ['a.png ready', 'b.png ready'], line);
    await library.atRest(id, 3);
    expect((await library.assets(id)).map(line)).toEqual(['a.png ready', 'b.png ready']);
    await utimes(library.at('forgotten/purged.png'), 1, 1);
    await library.become(id, ['a.png ready', 'b.png ready', 'purged.png ready'], line);
  });

  test('keeps the option to skip proxies when it is scanned again', async ({ expect }) => {
    await library.pictures('spare', ...[1, 2, 3].map((number) => `sh.000${number}.png`));
    const id = await library.ingest('spare', '--skip-proxies');
    await library.pictures('spare', ...[4, 5].map((number) => `sh.000${number}.png`));
    await until(async () => {
      const [row] = await library.sql`SELECT last_frame FROM assets WHERE package_id = ${id}`;
      return row?.['last_frame'] === 5;
    });
    await library.atRest(id, 2);
    const [row] = await library.sql`SELECT probe_status, proxy_status FROM assets WHERE package_id = ${id}`;
    expect(row).toEqual({ probe_status: 'ready', proxy_status: 'none' });
  });
});
