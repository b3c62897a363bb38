import { expect, test } from 'vitest';
import type { MirrorQuestion } from '../model/mirror-questions.ts';
import { nameSharpest } from '../model/mirrored-lists.ts';
import { formatUuid } from '../model/uuid-bytes.ts';
import { pickFrom, type Random, seeded } from '../testing/seeded.ts';
import { Answers } from './answer.ts';
import { AssetTable } from './asset-table.ts';
import { readContent, readHead, writeContent, writeHead } from './scope-file.ts';
import { copyAssets, copyFolders, copyTags } from './testing/copied-assets.ts';
import { memoryFile } from './testing/memory-file.ts';
import { type PlainAsset, plainAnswer, readAnswer } from './testing/plain-answer.ts';
import { anyAsset, paths } from './testing/random-assets.ts';
import { anyQuestion } from './testing/random-questions.ts';

/** Asks random questions while assets come, change, leave and return, and compares each answer with the obvious one. */
test.each([1, 2, 3, 4])('every answer equals the plain one, seed %i', (seed) => {
  const random = seeded(seed);
  let table = new AssetTable();
  let answers = new Answers(table);
  const assets = new Map<string, PlainAsset>();
  const packages = [anyUuid(random), anyUuid(random)];
  const subjects = [anyUuid(random), anyUuid(random), null];
  table.writeFolders(copyFolders(packages.flatMap((id) => paths.map((path, number) => [id, number, path] as const))));
  const make = (id: string): PlainAsset => anyAsset(random, id, pickFrom(random, packages), pickFrom(random, subjects));

  for (let step = 0; step < 30; step++) {
    const known = [...assets.keys()];
    const count = pickFrom(random, [1, 3, 15]);
    const ids = Array.from({ length: count }, () =>
      known.length > 0 && random() < 0.5 ? pickFrom(random, known) : anyUuid(random),
    );
    const gone = new Set(ids.filter(() => random() < 0.2));
    for (const id of ids) {
      if (gone.has(id)) assets.delete(id);
      else assets.set(id, make(id));
    }
    const written = [...new Set(ids)].flatMap((id) => assets.get(id) ?? []);
    table.replace(ids, copyAssets(written));
    table.replaceTags(ids, copyTags(written.flatMap(({ id, tags }) => tags.map((tag) => [id, tag] as const))));
    if (random() < 0.1) table.trim();
    if (step % 4 === seed % 4) [table, answers] = restored(table, answers);
    if (assets.size === 0) continue;
    for (let asked = 0; asked < 3; asked++)
      expectEqual(table, answers, [...assets.values()], anyQuestion(random, [...assets.values()]));
  }
});

test('more values than a byte holds keep their codes', () => {
  const random = seeded(9);
  const table = new AssetTable();
  const packageId = anyUuid(random);
  const assets = Array.from({ length: 700 }, (_, index) => ({
    ...anyAsset(random, anyUuid(random), packageId, index % 5 === 0 ? null : anyUuid(random)),
    folder: 0,
    path: '',
  }));
  table.write(copyAssets(assets));
  const question: MirrorQuestion = {
    scope: { kind: 'library' },
    where: {},
    sort: { by: 'name', descending: false },
    facets: { subject: { column: 'subject_id' } },
  };
  table.addTags(copyTags(assets.flatMap(({ id, tags }) => tags.map((tag) => [id, tag] as const))));
  expectEqual(table, new Answers(table), assets, question);
  expectEqual(...restored(table, new Answers(table)), assets, question);
});

/** Returns what the next opening has of a table that was kept. */
function restored(table: AssetTable, answers: Answers): [AssetTable, Answers] {
  const file = memoryFile();
  const scope = { kind: 'library' } as const;
  const steps = writeContent(file, { table: table.content(), packages: null, byName: answers.orders.byName });
  writeHead(file, { ...finish(steps), scope, state: crypto.randomUUID(), askedAt: 0 });
  const head = readHead(file);
  const content = head && readContent(file, head);
  if (!content) throw new Error('The file cannot be read.');
  const next = new AssetTable();
  next.restore(content.table);
  const nextAnswers = new Answers(next);
  if (content.byName) nextAnswers.orders.restoreByName(content.byName);
  return [next, nextAnswers];
}

function expectEqual(table: AssetTable, answers: Answers, assets: PlainAsset[], question: MirrorQuestion): void {
  const answer = finish(answers.steps(question));
  const bytes = table.ids.bytesFrom(0);
  const idOf = (row: number) => formatUuid(bytes, row * 16);
  const ids = [...answer.order].map(idOf);
  const answered = readAnswer({ ...answer, pose: nameSharpest(answer.pose, idOf) }, ids);
  expect({ question, ...answered }).toEqual({ question, ...plainAnswer(assets, question) });
}

function finish<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function anyUuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
