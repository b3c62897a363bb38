/**
 * Reads the whole order of a package's matching assets, the first page first. That page is found with
 * whatever index suits the filter. The rest is walked in slices that each take PGlite a few milliseconds,
 * so that any other query waits for at most one slice.
 */
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
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
  /** The number of matching assets; null when it is not known beforehand. */
  readonly total: number | null;
  /** Whether the indexes exist. Without them each read scans all assets, so the walk stops after its first page. */
  readonly indexed: boolean;
  /** Reads the tiles of the first page concurrently with its order; the first step waits for both. */
  readonly beside?: ((page: PageRequest) => Promise<void>) | undefined;
  /** Resolves when the next slice may be read. */
  readonly pause: () => Promise<void>;
  readonly signal: AbortSignal;
}

export interface WalkStep {
  /** The order from the first asset on, as far as the walk has come. */
  readonly order: AssetOrder;
  /** Whether the order is complete. */
  readonly whole: boolean;
  /** The final length of the order; null while unknown. */
  readonly total: number | null;
}

/** Enough to fill the screen, with some to spare. */
const PAGE = 240;
/** Up to this many matches are read at once when their number is known. */
const FEW = 3000;
/** The index on names holds trigrams. */
const INDEXED_TEXT = 3;

const SLICE_MS = 14;
const FIRST_SLICE = 3000;
/** A lower bound, as the overhead of a statement equals the cost of a thousand rows. */
const LEAST_SLICE = 2500;
const LARGEST_SLICE = 20_000;

/** Yields growing orders: each step extends the one before. Ends without a whole step when the signal is aborted. */
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

  // A text too short for the index may match nothing, and reading a page would then examine every asset.
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
    // An empty order is no result until the walk is complete.
    if (order.length > 0 || whole) yield { order, whole, total };
    rows = nextSize(rows, performance.now() - begun);
  }
}

/** Shrinks the next slice when one took too long, be it only because of concurrent queries. */
function nextSize(rows: number, took: number): number {
  const wanted = Math.round(rows * Math.min(2, SLICE_MS / Math.max(1, took)));
  return Math.max(LEAST_SLICE, Math.min(LARGEST_SLICE, wanted));
}

async function readFacts({ query, packageId, filter, indexed }: WalkOptions): Promise<FilterFacts> {
  const statement = filterFactsQuery(packageId, filter, indexed);
  return (statement && (await query<FilterFacts>(statement))[0]) ?? noFacts;
}

/** Returns the maintained count when the filter consists of a single tag, else null. */
function countTagged(filter: AssetFilter, facts: FilterFacts): number | null {
  const alone = filter.tags.length === 1 && !isFiltering({ ...filter, tags: [] });
  return alone ? facts.taggedAtMost : null;
}
