/** The assets that a search finds on this device, the best first. */
import { createMemo, createUniqueId } from 'solid-js';
import {
  assetSearch,
  assetSearchQuestion,
  type FoundAssetRow,
  foundAssetsQuery,
} from '../../queries/search/asset-search.ts';
import type { NameIndex } from '../../queries/search/find-names.ts';
import type { Thing } from '../../queries/search/library-names.ts';
import { searchQuery } from '../../queries/search.ts';
import type { MirroredList } from '../../replica/model/mirror-questions.ts';
import { mirroredColumns } from '../../replica/model/mirror-questions.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { createLiveAnswer } from './create-live-answer.ts';

export interface AssetResults {
  readonly rows: readonly FoundAssetRow[];
  /** All assets that match; null: not counted yet. */
  readonly total: number | null;
  /** Those among them that the query field finds too; null: not counted yet. */
  readonly inQuery: number | null;
  /** The text that the total is of; null: there is no answer yet. */
  readonly text: string | null;
  readonly problem: string | null;
}

export interface AssetResultsOptions {
  readonly text: () => string;
  /** The packages to search in; null: all. */
  readonly within: () => readonly string[] | null;
  readonly packages: () => NameIndex<Thing>;
  /** The greatest number of rows. */
  readonly limit: () => number;
}

interface Asked {
  readonly text: string;
  readonly within: readonly string[] | null;
  readonly search: NonNullable<ReturnType<typeof assetSearch>>;
}

export function createAssetResults({ text, within, packages, limit }: AssetResultsOptions): AssetResults {
  const { replica } = useReplica();
  const asker = createUniqueId();
  const packagesNamed = (word: string) =>
    packages()
      .find(word, () => 0)
      .filter(({ rank }) => rank <= CONTAINED)
      .map(({ thing }) => thing.id);

  const asked = createMemo((): Asked | null => {
    const search = assetSearch(text(), packagesNamed);
    return search && { text: text(), within: within(), search };
  });
  const found = createLiveAnswer(
    replica,
    asked,
    async ({ search, within }) => {
      const ask = (name: 'begins' | 'named' | 'text' | 'all') => {
        const condition = search[name] ?? search.text;
        return replica.ask(assetSearchQuestion(condition, within), `search ${name} ${asker}`);
      };
      const [all, byText, named, begins] = await Promise.all([ask('all'), ask('text'), ask('named'), ask('begins')]);
      return all && byText && named && begins && { all, byText, ordered: [begins, named, byText, all] };
    },
    [
      { table: 'assets', columns: mirroredColumns },
      { table: 'folders' },
      { table: 'packages', columns: ['deleted_at', 'project_id'] },
      { table: 'projects', columns: ['deleted_at'] },
    ],
  );
  const isReading = () => found() === null && found.problem === null;
  /** Until the assets are in memory, their names are searched on disk. */
  const early = createLiveQuery<{ id: string; project_id: string; package_id: string | null }>(replica, () =>
    isReading() ? searchQuery('assets', text(), { after: null, limit: limit() }) : null,
  );
  const ids = createMemo(
    () => {
      const answer = found()?.answer;
      if (answer) return firstIds(answer.ordered, limit());
      const packageIds = within();
      return early()
        .filter(({ package_id }) => packageIds === null || packageIds.includes(package_id ?? ''))
        .map(({ id }) => id);
    },
    [],
    { equals: (a, b) => a.join() === b.join() },
  );
  const details = createLiveQuery<FoundAssetRow>(replica, () => (ids().length > 0 ? foundAssetsQuery(ids()) : null));
  const rows = createMemo(() => {
    const byId = new Map(details().map((row) => [row.id, row]));
    return ids().flatMap((id) => byId.get(id) ?? []);
  });
  return {
    get rows() {
      return rows();
    },
    get total() {
      return found()?.answer.all.order.length ?? null;
    },
    get inQuery() {
      return found()?.answer.byText.order.length ?? null;
    },
    get text() {
      return found()?.question.text ?? null;
    },
    get problem() {
      return found.problem ?? details.error?.message ?? null;
    },
  };
}

/** Ranks of names that contain a word, without those that only resemble it. */
const CONTAINED = 3;

/** Returns the first ids of several lists, each once. */
function firstIds(lists: readonly MirroredList[], limit: number): string[] {
  const ids = new Set<string>();
  for (const { order } of lists) {
    for (const id of order.slice(0, limit)) if (ids.size < limit) ids.add(id);
    if (ids.size >= limit) break;
  }
  return [...ids];
}
