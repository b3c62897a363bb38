import { expect, test } from 'vitest';
import type { TroubledPackageRow } from '../../queries/library-counts.ts';
import { attentionItems } from './attention.ts';

function troubled(name: string, trouble: Partial<TroubledPackageRow>): TroubledPackageRow {
  return {
    id: name,
    name,
    project_name: 'Northlight',
    problem_count: 0,
    missing_count: 0,
    gap_count: 0,
    links_failed: 0,
    failure: null,
    ...trouble,
  };
}

test('attentionItems: leads to the package when only one has the trouble, else to the whole library', () => {
  const packages = [
    troubled('a', { problem_count: 3, missing_count: 1 }),
    troubled('b', { problem_count: 4, gap_count: 1 }),
  ];
  expect(
    attentionItems(packages, 0).map(({ title, detail, href }) => [title, detail, decodeURIComponent(href)]),
  ).toEqual([
    ['7 damaged files', 'b and 1 more package', '/assets?q=problem:'],
    ['1 file not on disk', 'a · Northlight', '/packages/a?q=missing:'],
    ['1 sequence with gaps', 'b · Northlight', '/packages/b?q=gap:'],
  ]);
});

test('attentionItems: names failed ingests, missing links and refused changes', () => {
  const packages = [troubled('a', { failure: 'The folder cannot be read.' }), troubled('b', { links_failed: 2 })];
  expect(attentionItems(packages, 1).map(({ title, detail, href }) => [title, detail, href])).toEqual([
    ['a was not ingested', 'The folder cannot be read.', '/packages/a'],
    ['2 files without a dataset link', 'b · Northlight', '/packages/b'],
    ['1 change refused by the server', 'Made on this device', '/sync'],
  ]);
  expect(attentionItems([], 0)).toEqual([]);
});
