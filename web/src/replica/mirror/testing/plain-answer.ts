/** For tests: answers a question from plain rows, slowly and obviously. */

import { foldText, searchWords } from '../../model/fold-text.ts';
import type {
  Condition,
  FacetQuestion,
  Flag,
  MirroredList,
  MirrorQuestion,
  Section,
  SectionTotals,
  Sort,
  ValueColumn,
  ValueCount,
} from '../../model/mirror-questions.ts';
import { flags } from '../../model/mirror-questions.ts';
import { formatDay } from '../sections.ts';
import type { MirroredAsset } from './copied-assets.ts';

/** An asset with what other tables say about it. */
export interface PlainAsset extends MirroredAsset {
  /** The path of its folder, without a slash at the end; empty for the package's own folder. */
  readonly path: string;
  readonly tags: readonly string[];
}

export interface PlainAnswer {
  readonly ids: readonly string[];
  readonly sections: readonly Section[];
  /** Sorted by value, as the mirror promises no order. */
  readonly facets: Readonly<Record<string, readonly ValueCount[]>>;
  readonly histograms: Readonly<Record<string, { counts: number[]; unknown: number; extent: number[] | null }>>;
  readonly pose: PlainPoses | null;
}

interface PlainPoses {
  readonly counts: readonly number[];
  readonly approved: readonly number[];
  readonly sharpness: readonly number[] | null;
  readonly sharpest: readonly (string | null)[] | null;
}

export function plainAnswer(assets: readonly PlainAsset[], question: MirrorQuestion): PlainAnswer {
  const matching = (ignored?: string) =>
    assets.filter((asset) =>
      Object.entries(question.where).every(([name, condition]) => name === ignored || meets(asset, condition)),
    );
  const order = matching().toSorted(compareBy(question.sort));
  const { group } = question;
  const divided = group ? order.toSorted((a, b) => compareGroups(a, b, question)) : order;
  const runs: { value: string | null; start: number; assets: PlainAsset[] }[] = [];
  for (const [place, asset] of divided.entries()) {
    const value = group ? groupOf(asset, group.by) : null;
    const last = runs.at(-1);
    if (last?.value === value) last.assets.push(asset);
    else runs.push({ value, start: place, assets: [asset] });
  }
  const sections = runs.map(({ value, start, assets: within }) => ({
    value,
    start,
    count: within.length,
    totals: group ? rounded(totalsOf(within)) : null,
  }));
  return {
    ids: question.listed === false ? [] : divided.map(({ id }) => id),
    sections: question.listed === false ? [] : sections,
    facets: mapValues(question.facets ?? {}, (facet) => countFacet(matching(facet.ignores), assets, facet)),
    histograms: mapValues(question.histograms ?? {}, ({ column, bins, logarithmic, ignores, ...bounds }) => {
      const rows = matching(ignores);
      const known = assets.map((asset) => asset[column]).filter((value) => value !== null);
      const from = bounds.from ?? (known.length > 0 ? Math.min(...known) : 0);
      const to = bounds.to ?? (known.length > 0 ? Math.max(...known) : 0);
      const scale = (value: number) => (logarithmic ? Math.log2(1 + Math.max(0, value)) : value);
      const width = (scale(to) - scale(from)) / bins || 1;
      const counts = new Array(bins).fill(0);
      for (const asset of rows) {
        const value = asset[column];
        if (value === null) continue;
        counts[Math.max(0, Math.min(bins - 1, Math.floor((scale(value) - scale(from)) / width)))] += 1;
      }
      return {
        counts,
        unknown: rows.filter((asset) => asset[column] === null).length,
        // Zero has two signs, of which either is right.
        extent: known.length > 0 ? [Math.min(...known) + 0, Math.max(...known) + 0] : null,
      };
    }),
    pose: question.pose ? dividePoses(matching(question.pose.ignores), question.pose) : null,
  };
}

function totalsOf(assets: readonly PlainAsset[]): SectionTotals {
  const count = (status: string) => assets.filter(({ review_status }) => review_status === status).length;
  const known = assets.flatMap(({ duration_seconds }) => duration_seconds ?? []);
  const isOpen = assets.some(
    ({ duration_seconds, file_type }) => duration_seconds === null && ['video', 'audio'].includes(file_type),
  );
  return {
    approved: count('approved'),
    rejected: count('rejected'),
    flagged: count('flagged'),
    sizeBytes: assets.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
    durationSeconds: isOpen || known.length === 0 ? null : known.reduce((sum, seconds) => sum + seconds, 0),
  };
}

function rounded(totals: SectionTotals): SectionTotals {
  const { durationSeconds } = totals;
  return { ...totals, durationSeconds: durationSeconds === null ? null : Math.round(durationSeconds * 1000) };
}

/** Returns a mirror's answer in the form of a plain one. */
export function readAnswer(
  { sections, facets, histograms, pose }: Omit<MirroredList, 'order'>,
  ids: readonly string[],
): PlainAnswer {
  return {
    ids,
    // Sums of fractions depend on the order of their parts.
    sections: sections.map(({ totals, ...section }) => ({ ...section, totals: totals && rounded(totals) })),
    facets: mapValues(facets, sortedCounts),
    histograms: mapValues(histograms, ({ counts, unknown, extent }) => ({
      counts: [...counts],
      unknown,
      extent: extent?.map((end) => end + 0) ?? null,
    })),
    pose: pose && {
      counts: [...pose.counts],
      approved: [...pose.approved],
      sharpness: pose.sharpness && [...pose.sharpness],
      sharpest: pose.sharpest,
    },
  };
}

function sortedCounts(counts: readonly ValueCount[]): ValueCount[] {
  return counts.toSorted((a, b) => compare(String(a.value), String(b.value)));
}

function meets(asset: PlainAsset, condition: Condition): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => meets(asset, part));
    case 'any':
      return condition.of.some((part) => meets(asset, part));
    case 'not':
      return !meets(asset, condition.of);
    case 'value':
      return condition.values.includes(valueIn(asset, condition.column));
    case 'known':
      return asset[condition.column] !== null;
    case 'range': {
      const value = asset[condition.column];
      if (value === null) return false;
      const real = ['yaw', 'pitch', 'roll', 'sharpness'].includes(condition.column);
      const bound = (limit: number) => (real ? Math.fround(limit) : limit);
      if (condition.from !== null && value < bound(condition.from)) return false;
      return condition.to === null || (condition.below ? value < bound(condition.to) : value <= bound(condition.to));
    }
    case 'flag':
      return asset[condition.flag];
    case 'tag':
      return asset.tags.includes(condition.tag);
    case 'text':
      return searchWords(condition.text).every((word) =>
        condition.in === 'name' ? nameHas(asset, word) : hasWord(asset, word),
      );
    case 'name':
      return new RegExp(`^${foldText(condition.pattern).split('*').map(escaped).join('.*')}$`, 'su').test(
        foldText(asset.name),
      );
  }
}

function nameHas(asset: PlainAsset, word: string): boolean {
  return new RegExp(word.split('*').map(escaped).join('.*'), 'su').test(foldText(asset.name));
}

function hasWord(asset: PlainAsset, word: string): boolean {
  const name = foldText(asset.name);
  const folder = asset.path === '' ? '' : `${foldText(asset.path)}/`;
  if (folder.includes(word)) return true;
  const slash = word.lastIndexOf('/');
  if (slash === -1) return nameHas(asset, word);
  const pattern = word
    .slice(slash + 1)
    .split('*')
    .map(escaped)
    .join('.*');
  return folder !== '' && folder.endsWith(word.slice(0, slash + 1)) && new RegExp(`^${pattern}`, 'su').test(name);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function valueIn(asset: PlainAsset, column: ValueColumn): string | null {
  return column === 'folder' ? `${asset.package_id}/${asset.path}` : asset[column];
}

function countFacet(rows: readonly PlainAsset[], all: readonly PlainAsset[], { column }: FacetQuestion): ValueCount[] {
  const valuesOf = (asset: PlainAsset): (string | null)[] => {
    if (column === 'tag') return [...asset.tags];
    if ((flags as readonly string[]).includes(column)) return [asset[column as Flag] ? 'yes' : 'no'];
    return [valueIn(asset, column as ValueColumn)];
  };
  const counts = new Map(all.flatMap(valuesOf).map((value): [string | null, number] => [value, 0]));
  for (const value of rows.flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return sortedCounts([...counts].map(([value, count]) => ({ value, count })));
}

function dividePoses(
  rows: readonly PlainAsset[],
  { degrees, sharpness, sharpest }: NonNullable<MirrorQuestion['pose']>,
): PlainPoses {
  const bins: PlainAsset[][] = Array.from({ length: (360 / degrees) * (180 / degrees) }, () => []);
  for (const asset of rows) {
    const { yaw, pitch } = asset;
    if (yaw === null || pitch === null) continue;
    const x = Math.max(0, Math.min(360 / degrees - 1, Math.floor((yaw + 180) / degrees)));
    const y = Math.max(0, Math.min(180 / degrees - 1, Math.floor((pitch + 90) / degrees)));
    bins[y * (360 / degrees) + x]?.push(asset);
  }
  const bySharpness = bins.map((bin) =>
    bin.filter((asset) => asset.sharpness !== null).toSorted((a, b) => (a.sharpness ?? 0) - (b.sharpness ?? 0)),
  );
  const rank = ({ review_status, sharpness: value }: PlainAsset) =>
    (review_status === 'approved' ? 1e6 : 0) + (value ?? 0);
  return {
    counts: bins.map((bin) => bin.length),
    approved: bins.map((bin) => bin.filter(({ review_status }) => review_status === 'approved').length),
    sharpness: sharpness ? bySharpness.map((bin) => bin[Math.ceil(bin.length / 2) - 1]?.sharpness ?? Number.NaN) : null,
    sharpest: sharpest
      ? bySharpness.map((bin) => bin.toSorted((a, b) => rank(b) - rank(a) || compare(a.id, b.id))[0]?.id ?? null)
      : null,
  };
}

const statuses = ['approved', 'rejected', 'flagged', 'unreviewed'];

function compareBy({ by, descending }: Sort): (a: PlainAsset, b: PlainAsset) => number {
  const sign = descending ? -1 : 1;
  const byName = (a: PlainAsset, b: PlainAsset) => compareUtf8(a.name, b.name) || compare(a.id, b.id);
  return (a, b) => {
    if (by === 'name') return byName(a, b) * sign;
    if (by === 'review_status') {
      return (statuses.indexOf(a.review_status) - statuses.indexOf(b.review_status)) * sign || byName(a, b);
    }
    const columns = by === 'pose' ? (['yaw', 'pitch'] as const) : ([by] as const);
    const known = (asset: PlainAsset) => columns.every((column) => asset[column] !== null);
    if (!known(a) || !known(b)) return Number(known(b)) - Number(known(a)) || byName(a, b);
    for (const column of columns) {
      const difference = (a[column] as number) - (b[column] as number);
      if (difference !== 0) return difference * sign;
    }
    return compare(a.id, b.id) * sign;
  };
}

function groupOf(asset: PlainAsset, by: ValueColumn | 'day'): string | null {
  return by === 'day' ? formatDay(new Date(asset.modified_at)) : valueIn(asset, by);
}

function compareGroups(a: PlainAsset, b: PlainAsset, { group, sort }: MirrorQuestion): number {
  if (!group) return 0;
  const [one, other] = [groupOf(a, group.by), groupOf(b, group.by)];
  if (one === other) return 0;
  const wanted = group.order ?? [];
  const rank = (value: string | null) => {
    const at = wanted.indexOf(value);
    return at !== -1 ? at : value === null ? Infinity : wanted.length;
  };
  if (rank(one) !== rank(other)) return rank(one) < rank(other) ? -1 : 1;
  const reversed = group.by === 'day' && sort.by === 'modified_at' && sort.descending;
  return compare(one ?? '', other ?? '') * (reversed ? -1 : 1);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function mapValues<Value, Result>(
  object: Readonly<Record<string, Value>>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(value)]));
}
