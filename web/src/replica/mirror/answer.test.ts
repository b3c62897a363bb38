import { expect, test } from 'vitest';
import type { MirrorAnswer, MirrorQuestion } from '../model/mirror-questions.ts';
import { formatUuid } from '../model/uuid-bytes.ts';
import { pickFrom, type Random, seeded } from '../testing/seeded.ts';
import { Answers } from './answer.ts';
import { AssetTable } from './asset-table.ts';
import { copyAssets, copyFolders, copyTags } from './testing/copied-assets.ts';
import { type PlainAsset, plainAnswer, readAnswer } from './testing/plain-answer.ts';
import { anyAsset, paths } from './testing/random-assets.ts';
import { anyQuestion } from './testing/random-questions.ts';

/** Asks random questions while assets come, change, leave and return, and compares each answer with the obvious one. */
test.each([1, 2, 3, 4])('every answer equals the plain one, seed %i', (seed) => {
  const random = seeded(seed);
  const table = new AssetTable();
  const answers = new Answers(table);
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
});

function expectEqual(table: AssetTable, answers: Answers, assets: PlainAsset[], question: MirrorQuestion): void {
  const answer = finish(answers.steps(question));
  const bytes = table.ids.bytesFrom(0);
  const ids = [...answer.order].map((row) => formatUuid(bytes, row * 16));
  expect({ question, ...readAnswer(answer, ids) }).toEqual({ question, ...plainAnswer(assets, question) });
}

function finish(steps: Generator<void, MirrorAnswer>): MirrorAnswer {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function anyUuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
