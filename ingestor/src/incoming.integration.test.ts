/** Folders that land on a media root, until they become packages. */
import { appendFile, copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { TestLibrary } from './testing/library.ts';
import { until } from './testing/until.ts';

let library: TestLibrary;
const project = uuid();

beforeAll(async () => {
  library = await TestLibrary.make({ IHUB_AUTO_ACCEPT: `project=Night,confidence=0,path=/**/night_*` });
  await library.sql`INSERT INTO projects (id, name, type) VALUES (${project}, 'Demo', 'atman')`;
  await library.start();
});
afterAll(() => library[Symbol.asyncDispose]());

async function accept(folder: string, into: string | null = project): Promise<void> {
  await library.sql.begin(async (sql) => {
    await sql`SELECT set_config('ihub.actor', 'ada', true)`;
    await sql`UPDATE incoming SET decision = 'accepted', project_id = ${into} WHERE source_path = ${library.at(folder)}`;
  });
}

async function packageOf(folder: string): Promise<string> {
  return until(async () => {
    const [row] = await library.sql`
      SELECT id, status FROM packages WHERE source_path = ${library.at(folder)} AND status = 'ready'`;
    return row?.['id'] ?? null;
  });
}

describe.concurrent('a folder that lands', () => {
  test('is shown while it grows, and proposed when it has settled', async ({ expect }) => {
    await library.pictures('growing', 'a.png');
    const first = await library.incoming('growing', 'settling');
    expect(first).toMatchObject({ name: 'growing', file_count: 1, problem: 'It was still growing a moment ago.' });
    await library.pictures('growing', 'JANE/b.png');
    await library.incoming('growing', 'settling', (row) => row['file_count'] === 2);
    const row = await library.incoming('growing', 'proposed');
    expect(row).toMatchObject({ file_count: 2, problem: null, decision: null });
    expect(row['proposal']).toMatchObject({ source: 'rules', entries: expect.any(Array) });
  });

  test.for([
    ['a file that grows', 'grows', 'clip.mov', 'clip.mov'],
    ['a partial file', 'partial', 'clip.mov.part', 'clip.mov'],
    ['a file that rsync is writing', 'rsync', '.clip.mov.Xa81bC', 'clip.mov'],
  ] as const)('is not proposed while it has %s', async ([, folder, name, final], { expect }) => {
    await library.pictures(folder, 'still.png');
    await library.write(`${folder}/${name}`, 'some');
    const isPartial = name !== final;
    // Longer than the daemon's settling window: another folder arrives and is proposed in the meantime.
    await library.incoming(folder, 'settling');
    await library.pictures(`beside_${folder}`, 'a.png');
    const growing = isPartial
      ? library.incoming(`beside_${folder}`, 'proposed')
      : until(async () => {
          await appendFile(library.at(folder, name), 'more');
          const [row] = await library.sql`
            SELECT status FROM incoming WHERE source_path = ${library.at(`beside_${folder}`)}`;
          return row?.['status'] === 'proposed';
        });
    await growing;
    const waiting = await library.incoming(folder, 'settling');
    if (isPartial) expect(waiting).toMatchObject({ problem: '1 of its files is still being copied.' });
    if (isPartial) await rename(library.at(folder, name), library.at(folder, final));
    expect(await library.incoming(folder, 'proposed')).toMatchObject({ file_count: 2 });
  });

  test('is proposed again when it grows, and keeps what people edited', async ({ expect }) => {
    await library.pictures('edited/JANE', 'a.png');
    await library.incoming('edited', 'proposed');
    const placements = [{ path: '', subject: 'jane', camera: 'cam_b', asset_type: 'raw', files: 1 }];
    await library.sql`
      UPDATE incoming SET placements = ${library.sql.json(placements)}, tags = '{hero}'
      WHERE source_path = ${library.at('edited')}`;
    await library.pictures('edited/JANE', 'b.png');
    await library.incoming('edited', 'settling');
    expect(await library.incoming('edited', 'proposed')).toMatchObject({ file_count: 2, placements, tags: ['hero'] });
  });

  test('is proposed again when a person says what a name means, and when that is taken back', async ({ expect }) => {
    await library.pictures('explained/unit_x', 'zibq_1.png', 'zibq_2.png');
    const before = await library.incoming('explained', 'proposed');
    expect(before['proposal']).toMatchObject({ primary_subject: 'shared' });
    const id = uuid();
    await library.sql`
      INSERT INTO corrections (id, kind, name, value) VALUES (${id}, 'person', 'zibq', 'Jane Doe')`;
    const isOf = (subject: string) => (row: Record<string, unknown>) =>
      (row['proposal'] as { primary_subject: string }).primary_subject === subject;
    await library.incoming('explained', 'proposed', isOf('Jane Doe'));
    await library.sql`UPDATE corrections SET deleted_at = now() WHERE id = ${id}`;
    await library.incoming('explained', 'proposed', isOf('shared'));
  });

  test('stays dismissed until a person revokes that', async ({ expect }) => {
    await library.pictures('dismissed', 'a.png');
    await library.incoming('dismissed', 'proposed');
    await library.sql`UPDATE incoming SET decision = 'dismissed' WHERE source_path = ${library.at('dismissed')}`;
    await library.pictures('dismissed', 'b.png');
    await library.pictures('beside_dismissed', 'a.png');
    await library.incoming('beside_dismissed', 'proposed');
    expect(await library.incoming('dismissed', 'proposed')).toMatchObject({ file_count: 1, decision: 'dismissed' });
    await library.sql`UPDATE incoming SET decision = NULL WHERE source_path = ${library.at('dismissed')}`;
    await library.incoming('dismissed', 'proposed', (row) => row['file_count'] === 2);
  });

  test('disappears and returns with its files', async () => {
    await library.pictures('fleeting', 'a.png');
    await library.pictures('emptied', 'a.png');
    await library.incoming('fleeting', 'proposed');
    await library.incoming('emptied', 'proposed');
    await rename(library.at('fleeting'), `${library.base}/fleeting`);
    await rm(library.at('emptied/a.png'));
    await library.incoming('fleeting', 'gone');
    await library.incoming('emptied', 'gone');
    await rename(`${library.base}/fleeting`, library.at('fleeting'));
    await library.pictures('emptied', 'b.png');
    await library.incoming('fleeting', 'proposed');
    await library.incoming('emptied', 'proposed');
  });

  test('becomes a package as edited, and the edits apply to the next delivery', async ({ expect }) => {
    await library.pictures('HARBOUR_DAY01/unit_x', 'a.png', 'b.png');
    await library.incoming('HARBOUR_DAY01', 'proposed');
    const placements = [{ path: '', subject: 'Zoe Quill', camera: 'cam_c', asset_type: 'graded', files: 2 }];
    await library.sql`
      UPDATE incoming SET placements = ${library.sql.json(placements)}, description = 'first day', tags = '{hero}'
      WHERE source_path = ${library.at('HARBOUR_DAY01')}`;
    await accept('HARBOUR_DAY01');
    const id = await packageOf('HARBOUR_DAY01');
    expect(await library.package(id)).toMatchObject({
      name: 'HARBOUR_DAY01',
      description: 'first day',
      tags: ['hero'],
    });
    const rows = await library.sql`
      SELECT DISTINCT subjects.name, camera, asset_type FROM assets JOIN subjects ON subjects.id = subject_id
      WHERE package_id = ${id}`;
    expect([...rows]).toEqual([{ name: 'Zoe Quill', camera: 'cam_c', asset_type: 'graded' }]);
    expect(await library.incoming('HARBOUR_DAY01', 'ingested')).toMatchObject({ package_id: id, updated_by: 'ada' });
    const said = await library.sql`SELECT DISTINCT updated_by FROM corrections WHERE kind LIKE 'folder%'`;
    expect([...said]).toEqual([{ updated_by: 'ada' }]);

    await library.pictures('HARBOUR_DAY02/unit_x', 'c.png');
    const { proposal } = await library.incoming('HARBOUR_DAY02', 'proposed');
    expect(proposal).toMatchObject({ entries: [{ subject: 'Zoe Quill', camera: 'cam_c', asset_type: 'graded' }] });
  });

  test('waits when it is accepted without a project, or into a deleted one', async ({ expect }) => {
    const [away, later] = [uuid(), uuid()];
    await library.sql`
      INSERT INTO projects (id, name, type, deleted_at) VALUES (${away}, 'Away', 'vfx', now()), (${later}, 'Later', 'vfx', NULL)`;
    await library.pictures('nowhere', 'a.png');
    await library.incoming('nowhere', 'proposed');
    await accept('nowhere', null);
    await library.incoming('nowhere', 'proposed', (row) => row['problem'] !== null);
    await accept('nowhere', away);
    const row = await library.incoming('nowhere', 'proposed', ({ problem }) => /deleted/.test(String(problem)));
    expect(row['problem']).toBe('Accepted, but its project was deleted: choose another.');
    await accept('nowhere', later);
    expect(await library.package(await packageOf('nowhere'))).toMatchObject({ project_id: later });
  });

  test('is accepted by a matching rule', async ({ expect }) => {
    await library.pictures('night_01', 'a.png');
    const id = await packageOf('night_01');
    const [made] = await library.sql`
      SELECT projects.name FROM projects JOIN packages ON project_id = projects.id WHERE packages.id = ${id}`;
    expect(made).toEqual({ name: 'Night' });
    expect(await library.incoming('night_01', 'ingested')).toMatchObject({ decision: 'accepted', package_id: id });
  });

  test('is ingested by a command, which reveals its siblings instead of its parent', async ({ expect }) => {
    await library.pictures('client/day_1', 'a.png');
    await library.incoming('client', 'proposed');
    const id = await library.ingest('client/day_1');
    await library.incoming('client', 'gone');
    await library.pictures('client/day_2', 'a.png');
    await library.incoming('client/day_2', 'proposed');
    expect(await library.ingest('client/day_2')).not.toBe(id);
    await library.incoming('client/day_2', 'ingested');
  });

  test('may have any name', async ({ expect }) => {
    const folder = Buffer.concat([Buffer.from(`${library.root}/odd\n`), Buffer.from([0xff, 0xe9])]);
    await mkdir(folder);
    await library.pictures('plain', 'a.png');
    await copyFile(library.at('plain/a.png'), Buffer.concat([folder, Buffer.from('/a.png')]));
    const odd = 'odd\n\uefff\uefe9';
    await library.incoming(odd, 'proposed');
    await accept(odd);
    expect(await library.assets(await packageOf(odd))).toMatchObject([{ path: 'a.png', thumbnail: 'ready' }]);
  });
});

describe('media roots', () => {
  test('may be nested, with folders belonging to the innermost, and may be packages themselves', async ({ expect }) => {
    await using nested = await TestLibrary.make();
    await nested.pictures('inner/day_1', 'a.png');
    await nested.pictures('outer_day', 'a.png');
    await nested.pictures('whole', 'a.png');
    const roots = [nested.root, nested.at('inner'), nested.at('whole')];
    const daemon = await nested.start({ MEDIA_ROOT_PATHS: roots.join(':') });
    await nested.incoming('inner/day_1', 'proposed');
    await nested.incoming('outer_day', 'proposed');
    const id = await nested.ingest('whole');
    await nested.pictures('whole', 'b.png');
    await nested.become(id, ['a.png', 'b.png'], ({ path }) => path);
    const rows = await nested.sql`SELECT source_path, media_root LIKE '%/inner' AS inner FROM incoming ORDER BY 1`;
    expect([...rows]).toEqual([
      { source_path: nested.at('inner/day_1'), inner: true },
      { source_path: nested.at('outer_day'), inner: false },
    ]);

    // A restart keeps everything, and notices what grew in the meantime.
    await daemon[Symbol.asyncDispose]();
    await nested.pictures('inner/day_1', 'b.png');
    await nested.write('.ihub-root', 'nas-1\n');
    await nested.start({ MEDIA_ROOT_PATHS: roots.join(':') });
    await nested.incoming('inner/day_1', 'proposed', (row) => row['file_count'] === 2);
    const [after] =
      await nested.sql`SELECT status, media_root, proposal IS NOT NULL AS proposed FROM incoming WHERE name = 'outer_day'`;
    expect(after).toEqual({ status: 'proposed', media_root: 'nas-1', proposed: true });
  });
});
