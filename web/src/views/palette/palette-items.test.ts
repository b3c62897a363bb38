import { describe, expect, test } from 'vitest';
import { NameIndex } from '../../queries/search/find-names.ts';
import type { Thing, ThingKind } from '../../queries/search/library-names.ts';
import { type Choice, type PaletteSources, paletteGroups, searchedText } from './palette-items.ts';

function choice(label: string): Choice {
  const item = { key: label, icon: 'tag', label, note: '', keys: null, does: { address: `/${label}` } } as const;
  return { name: label, around: [], item };
}

function thing(kind: ThingKind, name: string, changedAt = 0): Thing {
  return {
    kind,
    id: name,
    name,
    around: [],
    place: [],
    related: [],
    changedAt,
    projectId: 'p',
    packageId: null,
    path: null,
    packageType: null,
    assetCount: kind === 'tags' ? changedAt : null,
  };
}

const things = [
  thing('subjects', 'tova', 1),
  thing('subjects', 'jane', 2),
  thing('tags', 'take-04', 212),
  thing('tags', 'hero', 4000),
  thing('packages', 'KS_takes_03', 3),
  thing('folders', 'takes', 9),
];
const sources: PaletteSources = {
  target: '7 selected assets',
  selectionActions: ['Approve', 'Reject', 'Flag', 'Add a tag', 'Remove a tag', 'Pick up'].map(choice),
  otherActions: ['Undo', 'Show poses as a table'].map(choice),
  pages: ['Dashboard', 'Search', 'Projects', 'Subjects', 'Settings'].map(choice),
  recent: [thing('packages', 'KS_takes_03')],
  index: (kind) => new NameIndex(things.filter((one) => one.kind === kind)),
  newness: ({ changedAt }) => changedAt,
};
const read = (typed: string, more: Partial<PaletteSources> = {}) =>
  Object.fromEntries(
    paletteGroups(typed, { ...sources, ...more }).map(({ label, items }) => [label, items.map((item) => item.label)]),
  );
const count = (groups: Record<string, string[]>) => Object.values(groups).flat().length;

describe('paletteGroups', () => {
  test('offers the selection’s actions, recent things and pages before anything is typed', () => {
    expect(read('')).toEqual({
      'For 7 selected assets': ['Approve', 'Reject', 'Flag'],
      Recent: ['KS_takes_03'],
      'Go to': ['Dashboard', 'Search', 'Projects', 'Subjects', 'Settings'],
    });
  });

  test('puts what was found for the selection first, then places by rank, then other actions and the search page', () => {
    expect(read('ta')).toEqual({
      'For 7 selected assets': ['Add a tag', 'Remove a tag'],
      'Go to': ['take-04', 'takes', 'KS_takes_03'],
      Do: ['Show poses as a table'],
      Search: ['Search everything for “ta”'],
    });
  });

  test('forgives a typing error in names', () => {
    expect(read('jnae')['Go to']).toEqual(['jane']);
  });

  test('offers no action on the selection where there is none, and does not count what the page leaves open', () => {
    expect(read('approve', { target: null })).toEqual({ Search: ['Search everything for “approve”'] });
    expect(read('approve', { target: undefined })['On this page']).toEqual(['Approve']);
  });

  test('narrows to actions, tags or people by the first character', () => {
    expect(read('>un')).toEqual({ Do: ['Undo'] });
    expect(read('#')).toEqual({ Tags: ['hero', 'take-04'] });
    expect(read('#take')).toEqual({ Tags: ['take-04'] });
    expect(read('@tova')).toEqual({ People: ['tova'] });
    expect(searchedText('@tova ')).toBe('tova');
  });

  test('never has more than nine rows', () => {
    const many = Array.from({ length: 30 }, (_, at) => choice(`take ${at}`));
    const full = { selectionActions: many, otherActions: many, pages: many };
    for (const typed of ['', 'take', '>', '>take']) expect(count(read(typed, full))).toBe(9);
  });
});
