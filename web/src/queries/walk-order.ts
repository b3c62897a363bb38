/**
 * The whole order of a package's matching assets, from its first page on. The page is found by
 * whatever index suits the filter; the rest is walked in slices that each take PGlite a few
 * milliseconds, so that what somebody asks meanwhile waits for one of them at most.
 */
import type { Statement } from '@ingesthub/schema/mutators/mutator.ts';
import { type AssetFilter, type FilterFacts, isFiltering } from './asset-filter.ts';
import { AssetOrder } from './asset-order.ts';
import {
  examinedSlice,
  matchingPage,
  orderSegments,
  type PageRequest,
  type PageRow,
  type SliceRow,
} from './asset-pages.ts';
import { filterFactsQuery, noFacts } from './filter-facts.ts';

export interface WalkOptions {
  readonly query: <Row extends object>(statement: Statement) => Promise<Row[]>;
  readonly packageId: string;
  readonly filter: AssetFilter;
  /** How many match, where that is known beforehand; null: it is not. */
  readonly total: number | null;
  /** Whether the indexes are there. Without them every read goes through all assets: one is made, and what it finds is all. */
  readonly indexed: boolean;
  /** Reads what is shown of the first page, as that is asked for; the page is there when both are. */
  readonly beside?: ((page: PageRequest) => Promise<void>) | undefined;
  /** Resolves when the next slice may be asked for. */
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal;
}

export interface WalkStep {
  /** From the first asset on, as far as the walk has come. */
  readonly order: AssetOrder;
  /** Whether that is all. */
  readonly whole: boolean;
  /** How many there will be; null: not known yet. */
  readonly total: number | null;
}

/** The screen and some more. */
const PAGE = 240;
/** So many are read at once when it is known that there are no more. */
const FEW = 3000;
/** Trigrams, which the index of names holds. */
const INDEXED_TEXT = 3;

const SLICE_MS = 14;
const FIRST_SLICE = 3000;
/** A statement takes as long as a thousand rows of it do. */
const LEAST_SLICE = 2500;
const LARGEST_SLICE = 20_000;

/** Each step has all of the step before it. Ends early, without a whole step, when the signal is aborted. */
export async function* walkOrder(options: WalkOptions): AsyncGenerator<WalkStep> {
  const { query, packageId, filter, pause, signal } = options;
  const facts = await readFacts(options);
  const total = options.total ?? countTagged(filter, facts);
  const segments = orderSegments(filter);
  const request = (limit: number) => {
    const segment = segments[at];
    if (!segment) throw new RangeError('The walk is over.');
    return { packageId, filter, facts, segment, after, limit };
  };
  let order = AssetOrder.empty;
  let at = 0;
  let after: string | null = null;

  // A text too short for the index might be nowhere: then a page would take a look at every asset.
  const isQuick = !options.indexed || filter.text === '' || [...filter.text].length >= INDEXED_TEXT;
  const known = Math.min(total ?? Infinity, facts.taggedAtMost ?? Infinity);
  let wanted = !isQuick ? 0 : known <= FEW || !options.indexed ? FEW : PAGE;
  while (at < segments.length && wanted > 0) {
    const [[page]] = await Promise.all([
      query<PageRow>(matchingPage(request(wanted))),
      at === 0 ? options.beside?.(request(wanted)) : undefined,
    ]);
    if (signal.aborted) return;
    const found = new AssetOrder(page?.ids ?? '');
    order = order.extended(page?.ids ?? '');
    after = found.at(found.length - 1) ?? null;
    if (found.length < wanted) [at, after] = [at + 1, null];
    wanted -= found.length;
  }
  if (isQuick) yield { order, whole: at === segments.length, total };
  if (!options.indexed) return;

  let rows = FIRST_SLICE;
  while (at < segments.length) {
    if (order.length > 0) await pause();
    if (signal.aborted) return;
    const begun = performance.now();
    const [slice] = await query<SliceRow>(examinedSlice(request(rows)));
    if (signal.aborted) return;
    order = order.extended(slice?.ids ?? '');
    after = slice?.last ?? null;
    if ((slice?.examined ?? 0) < rows) [at, after] = [at + 1, null];
    const whole = at === segments.length;
    // Nothing yet is no answer.
    if (order.length > 0 || whole) yield { order, whole, total };
    rows = nextSize(rows, performance.now() - begun);
  }
}

/** Slices that took too long, be it because others asked as well, are followed by smaller ones. */
function nextSize(rows: number, took: number): number {
  const wanted = Math.round(rows * Math.min(2, SLICE_MS / Math.max(1, took)));
  return Math.max(LEAST_SLICE, Math.min(LARGEST_SLICE, wanted));
}

async function readFacts({ query, packageId, filter, indexed }: WalkOptions): Promise<FilterFacts> {
  const statement = filterFactsQuery(packageId, filter, indexed);
  return (statement && (await query<FilterFacts>(statement))[0]) ?? noFacts;
}

/** One tag and nothing else: its kept count is the answer. */
function countTagged(filter: AssetFilter, facts: FilterFacts): number | null {
  const alone = filter.tags.length === 1 && !isFiltering({ ...filter, tags: [] });
  return alone ? facts.taggedAtMost : null;
}
