/** For tests: random assets and questions about them. */
import type { Condition, MirrorQuestion, NumberColumn, Sort, ValueColumn } from '../../model/mirror-questions.ts';
import { flags, numberColumns, valueColumns } from '../../model/mirror-questions.ts';
import { pickFrom, type Random } from '../../testing/seeded.ts';
import type { PlainAsset } from './plain-answer.ts';
import { tagNames } from './random-assets.ts';

/** Returns a question with random conditions, sorting, grouping and counts. @param assets whose values it asks for. */
export function anyQuestion(random: Random, assets: readonly PlainAsset[]): MirrorQuestion {
  const groups = ['one', 'two', 'three'].slice(0, Math.floor(random() * 4));
  const ignores = () => (groups.length > 0 && random() < 0.5 ? { ignores: pickFrom(random, groups) } : {});
  const facetColumns = [...valueColumns, ...flags, 'tag' as const].filter(() => random() < 0.4);
  const histogramColumns = numberColumns.filter(() => random() < 0.3);
  return {
    scope: { kind: 'library' },
    where: Object.fromEntries(groups.map((name) => [name, anyCondition(random, assets, 2)])),
    sort: {
      by: pickFrom<Sort['by']>(random, ['name', 'name', 'pose', 'review_status', ...numberColumns]),
      descending: random() < 0.5,
    },
    group:
      random() < 0.4 ? { by: pickFrom(random, [...valueColumns, 'day' as const]), ...anyOrder(random, assets) } : null,
    facets: Object.fromEntries(facetColumns.map((column) => [column, { column, ...ignores() }])),
    histograms: Object.fromEntries(
      histogramColumns.map((column) => [column, { ...anyBins(random, column), column, ...ignores() }]),
    ),
    pose:
      random() < 0.4
        ? {
            degrees: pickFrom(random, [10, 5, 2.5] as const),
            sharpness: random() < 0.5,
            sharpest: random() < 0.5,
            ...ignores(),
          }
        : null,
    ...(random() < 0.1 ? { listed: false } : {}),
  };
}

function anyOrder(random: Random, assets: readonly PlainAsset[]): { order?: (string | null)[] } {
  if (random() < 0.5) return {};
  const values = [...new Set(assets.map(({ subject_id }) => subject_id))];
  return { order: values.filter(() => random() < 0.7) };
}

function anyBins(random: Random, column: NumberColumn) {
  const bins = pickFrom(random, [1, 7, 40, 250]);
  const logarithmic = random() < 0.3;
  if (random() < 0.2) return { from: null, to: random() < 0.5 ? null : 90, bins, logarithmic };
  if (column === 'modified_at') return { from: 1.7e12, to: 1.7e12 + 4e8, bins };
  if (column === 'size_bytes') return { from: 0, to: pickFrom(random, [10, 5000]), bins, logarithmic };
  return { from: pickFrom(random, [-90, 0]), to: 90, bins };
}

function anyCondition(random: Random, assets: readonly PlainAsset[], depth: number): Condition {
  const asset = pickFrom(random, assets);
  const other = pickFrom(random, assets);
  const parts = () => [anyCondition(random, assets, depth - 1), anyCondition(random, assets, depth - 1)];
  const nested = depth > 0 ? ['all', 'any', 'not'] : [];
  const kind = pickFrom(random, [
    'value',
    'value',
    'range',
    'range',
    'known',
    'flag',
    'tag',
    'text',
    'text',
    'name',
    ...nested,
  ]);
  switch (kind) {
    case 'all':
    case 'any':
      return { kind, of: parts() };
    case 'not':
      return { kind, of: anyCondition(random, assets, depth - 1) };
    case 'value': {
      const column = pickFrom<ValueColumn>(random, valueColumns);
      const valueIn = (one: PlainAsset) => (column === 'folder' ? `${one.package_id}/${one.path}` : one[column]);
      return { kind, column, values: [valueIn(asset), ...(random() < 0.3 ? [valueIn(other), 'none such', null] : [])] };
    }
    case 'range': {
      const column = pickFrom(random, numberColumns);
      const bound = (one: PlainAsset) => (random() < 0.3 ? null : one[column]);
      return { kind, column, from: bound(asset), to: bound(other), ...(random() < 0.5 ? { below: true } : {}) };
    }
    case 'known':
      return { kind, column: pickFrom(random, numberColumns) };
    case 'flag':
      return { kind, flag: pickFrom(random, flags) };
    case 'tag':
      return { kind, tag: pickFrom(random, [...tagNames, 'none such']) };
    case 'name':
      return {
        kind,
        pattern: pickFrom(random, [asset.name, `${asset.name.slice(0, 3)}*`, '*.png', '*_0*', '*', 'p*e*exr']),
      };
    default:
      return { kind: 'text', text: anyText(random, asset), ...(random() < 0.3 ? { in: 'name' as const } : {}) };
  }
}

function anyText(random: Random, { name, path }: PlainAsset): string {
  const from = Math.floor(random() * name.length);
  const part = name.slice(from, from + 1 + Math.floor(random() * 6));
  return pickFrom(random, [
    part,
    name,
    `${part} ${path}`,
    `${path}/${name.slice(0, 2)}`,
    'sh010 PLATE',
    'p*1',
    '*',
    'o e',
    'plates/',
    'ZOE',
  ]);
}
