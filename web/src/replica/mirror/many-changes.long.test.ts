import type { MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MirroredList, MirrorQuestion, Scope } from '../model/mirror-questions.ts';
import { createMirroredLists } from '../model/mirrored-lists.ts';
import { MAX_ASSETS } from '../model/replica-change.ts';
import { copyRows } from '../open/copy-rows.ts';
import { finishFirstLoad } from '../open/prepare-database.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';
import { createTestReplica, type TestReplica } from '../testing/test-replica.ts';
import { createMirror, type Mirror } from './mirror.ts';
import { plainAnswer, readAnswer } from './testing/plain-answer.ts';
import { plainAssetsOf, readLibrary } from './testing/read-plain-assets.ts';

const [project, large, small] = [uuid(), uuid(), uuid()] as const;

let replica: TestReplica;
let mirror: Mirror;
let ask: (question: MirrorQuestion, asker: string) => Promise<MirroredList | null>;
let ids: string[];

beforeAll(async () => {
  replica = await createTestReplica();
  const { database } = replica;
  await database.exec(`
    INSERT INTO projects (id, name, type) VALUES ('${project}', 'Northlight', 'vfx');
    INSERT INTO packages (id, project_id, name, type, source_path)
    SELECT id::uuid, '${project}', id, 'vfx', '/' || id FROM unnest('{${large},${small}}'::text[]) AS id;
    INSERT INTO folders (package_id, number, project_id, path) SELECT id, 1, project_id, '' FROM packages;
    INSERT INTO assets (id, project_id, package_id, folder, name, file_type, asset_type, size_bytes, modified_at)
    SELECT gen_random_uuid(), '${project}', CASE WHEN number % 20 = 0 THEN '${small}' ELSE '${large}' END::uuid, 1,
      'plate.' || number || '.exr', 'image', 'plate', number % 100, '2026-01-02 03:04:05Z'
    FROM generate_series(1, ${MAX_ASSETS + 2000}) AS number;
    INSERT INTO asset_tags SELECT id, 'hero', package_id, project_id FROM assets WHERE size_bytes < 30`);
  await finishFirstLoad(database, await readReplicaSql());
  ids = (await database.query<{ id: string }>('SELECT id FROM assets ORDER BY name')).rows.map(({ id }) => id);
  mirror = createMirror({ copy: (statement) => copyRows(database, statement), onChange: replica.onChange });
  ask = createMirroredLists(mirror.ask);
});
afterAll(async () => {
  mirror.close();
  await replica.database.close();
});

/** One commit tells up to {@link MAX_ASSETS} assets by their ids, which are read again 2000 at a time. */
test.each([501, 2001, MAX_ASSETS + 1])(
  'createMirror: answers as SQL does when a commit changes %i assets',
  async (count) => {
    await compare();
    const changed = ids.slice(0, count);
    const calls: MutationCall[] = [
      { name: 'assets.tag', args: { ids: changed, add: [`tag ${count}`], remove: ['hero'] } },
      { name: 'assets.review', args: { ids: changed, review_status: 'approved' } },
      { name: 'assets.delete', args: { ids: changed } },
    ];
    for (const { name, args } of calls) await replica.writer.mutate(uuid(), name, args);
    await compare();
    for (const _ of calls) await replica.writer.undo(uuid());
    await compare();
    const refused = replica.writer.pending.map(
      ({ mutation }) => [mutation.id, { code: 'forbidden', message: 'No.' }] as const,
    );
    await replica.writer.reject(new Map(refused));
    await compare();
  },
);

async function compare(): Promise<void> {
  const library = await readLibrary(replica.database);
  for (const scope of [{ kind: 'library' }, { kind: 'package', id: small }] satisfies Scope[]) {
    const question: MirrorQuestion = {
      scope,
      where: { size: { kind: 'range', column: 'size_bytes', from: 10, to: 40 } },
      sort: { by: 'size_bytes', descending: true },
      facets: { tag: { column: 'tag' }, status: { column: 'review_status' }, package: { column: 'package_id' } },
    };
    const list = await ask(question, scope.kind);
    if (list === null) throw new Error('No later question was asked.');
    const wanted = plainAnswer(plainAssetsOf(library, scope), question);
    expect(readAnswer(list, list.order.slice(0, list.order.length))).toEqual(wanted);
  }
}
