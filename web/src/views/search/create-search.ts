/** Everything that the search page shows for a text, in groups. */
import { createComputed, createMemo, createSignal, on } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import { type Found, nearestSpelling } from '../../queries/search/find-names.ts';
import { type Thing, type ThingKind, thingKinds } from '../../queries/search/library-names.ts';
import { type ThingFactsRow, thingFactsQuery } from '../../queries/search/thing-facts.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { formatCount } from '../../ui/format.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { createAssetResults } from './create-asset-results.ts';
import { createLibraryNames } from './create-library-names.ts';
import { createServerResults } from './create-server-results.ts';
import { newness, recentThings } from './recent-things.ts';
import { assetItem, type ResultItem, serverItem, thingItem } from './result-items.ts';
import { allAssetsAddress, kindNames } from './thing-address.ts';

/** Kinds of results in the order of the page. */
export const resultKinds = ['projects', 'subjects', 'packages', 'folders', 'assets', 'tags', 'filters'] as const;
export type ResultKind = (typeof resultKinds)[number];

export type Entry = { readonly key: string } & (
  | { readonly item: ResultItem; readonly more: null }
  | { readonly item: null; readonly more: { readonly label: string; readonly run: () => void } }
);

export interface ResultGroup {
  readonly key: string;
  readonly label: string;
  readonly note: string;
  readonly entries: readonly Entry[];
}

/** Rows of each kind beside one another, and of one kind alone. */
const FEW = 5;
const MANY = 100;

export interface SearchOptions {
  readonly text: () => string;
  /** The only kind to show; null: all. */
  readonly kind: () => ResultKind | null;
  /** The only project to search in; null: any. */
  readonly projectId: () => string | null;
  readonly onKind: (kind: ResultKind) => void;
}

export function createSearch({ text, kind, projectId, onKind }: SearchOptions) {
  const { replica, ready } = useReplica();
  const names = createLibraryNames(
    () => true,
    () => 'read',
  );
  const [limit, setLimit] = createSignal(MANY);
  createComputed(on([text, kind, projectId], () => setLimit(MANY), { defer: true }));
  const limitOf = (one: ResultKind) => (kind() === one ? limit() : FEW);

  const isWithin = (thing: Thing) => projectId() === null || thing.projectId === projectId();
  const findIn = (one: ThingKind) => createMemo(() => names.index(one).find(text(), newness).filter(byThing(isWithin)));
  const found: Record<ThingKind, () => Found<Thing>[]> = {
    projects: findIn('projects'),
    subjects: findIn('subjects'),
    packages: findIn('packages'),
    folders: findIn('folders'),
    filters: findIn('filters'),
    tags: findIn('tags'),
  };
  const within = createMemo(() => {
    const id = projectId();
    return id === null
      ? null
      : names.index('packages').things.flatMap((thing) => (thing.projectId === id ? thing.id : []));
  });
  const assets = createAssetResults({
    text,
    within,
    packages: () => names.index('packages'),
    limit: () => limitOf('assets'),
  });
  const server = createServerResults(text, projectId);
  const isCurrent = () => text().trim() === '' || assets.text === text();

  const counts = createMemo<Record<ResultKind, number | null>>(() => ({
    projects: found.projects().length,
    subjects: found.subjects().length,
    packages: found.packages().length,
    folders: found.folders().length,
    tags: found.tags().length,
    filters: found.filters().length,
    assets: assets.total,
  }));
  const total = () => Object.values(counts()).reduce<number>((sum, count) => sum + (count ?? 0), 0);

  const isBlank = () => text().trim() === '';
  const recent = createMemo(() => (isBlank() ? recentThings(names.index).filter(isWithin).slice(0, 12) : []));
  const shown = (one: ThingKind) => found[one]().slice(0, limitOf(one));
  const factIds = createMemo(() => {
    if (!ready()) return [];
    const things = isBlank()
      ? recent()
      : (['projects', 'subjects', 'packages'] as const).flatMap((one) => shown(one).map(({ thing }) => thing));
    return things.map(({ id }) => id);
  });
  const facts = createLiveQuery<ThingFactsRow>(replica, () =>
    factIds().length > 0 ? thingFactsQuery(factIds()) : null,
  );
  const factsById = createMemo(() => new Map(facts().map((row) => [row.id, row])));

  function thingGroup(one: ThingKind): ResultGroup {
    const entries = shown(one).map(({ thing }) => entryOf(thingItem(thing, factsById().get(thing.id), text())));
    return group(one, entries, found[one]().length);
  }

  /** @param count all that match; null: not known yet. */
  function group(one: ResultKind, entries: Entry[], count: number | null): ResultGroup {
    const left = count === null ? 0 : count - entries.length;
    if (left > 0) {
      const isAlone = kind() === one;
      const { one: single, many } = kindNames[one];
      const label = `${formatCount(left)} more ${(left === 1 ? single : many).toLowerCase()}`;
      entries.push(moreEntry(one, label, () => (isAlone ? setLimit((before) => before + MANY) : onKind(one))));
    }
    return { key: one, label: kindNames[one].many, note: formatCount(count), entries };
  }

  function assetGroup(): ResultGroup {
    const made = group(
      'assets',
      assets.rows.map((row) => entryOf(assetItem(row))),
      assets.total,
    );
    const { inQuery, total: all } = assets;
    // The grid finds by the names of files and folders alone, and cannot be told of one project.
    if (all === null || all === 0 || inQuery !== all || projectId() !== null) return made;
    const item: ResultItem = {
      key: 'all assets',
      address: allAssetsAddress(text()),
      icon: 'grid',
      picture: null,
      name: all === 1 ? 'Open it in the grid' : `Open all ${formatCount(all)} in the grid`,
      place: '',
      facts: '',
      isCommand: true,
    };
    return { ...made, entries: [...made.entries, { key: item.key, item, more: null }] };
  }

  function serverGroup(): ResultGroup {
    const kinds = (['folders', 'assets'] as const).filter((one) => kind() === null || kind() === one);
    const entries = kinds.flatMap((one) => {
      const rows = server[one]().map((row) => entryOf(serverItem(one, row)));
      const more = moreEntry(`server ${one}`, `More ${one} on the server`, () => server[one].more());
      return server[one].hasMore ? [...rows, more] : rows;
    });
    return { key: 'server', label: 'On the server only', note: '', entries };
  }

  const wanted = createMemo((): ResultGroup[] => {
    if (isBlank()) {
      const entries = recent().map((thing) => entryOf(thingItem(thing, factsById().get(thing.id), text())));
      return [{ key: 'recent', label: 'Opened recently', note: '', entries }];
    }
    const groups = resultKinds
      .filter((one) => kind() === null || kind() === one)
      .map((one) => (one === 'assets' ? assetGroup() : thingGroup(one)));
    return [...groups, serverGroup()];
  });
  // Rows that stay keep their elements, so that pictures do not flash with each key.
  const [state, setState] = createStore<{ groups: ResultGroup[] }>({ groups: [] });
  createComputed(() =>
    setState(
      'groups',
      reconcile(
        wanted().filter(({ entries }) => entries.length > 0),
        { key: 'key' },
      ),
    ),
  );

  return {
    names,
    server,
    counts,
    total,
    groups: () => state.groups,
    /** Whether all results are those of the present text. */
    isCurrent,
    /** Whether assets have been counted at all. */
    isCounted: () => assets.total !== null,
    problem: () => assets.problem,
    /** Returns the spelling that names have; null: none is near. */
    suggestion: () => nearestSpelling(text(), thingKinds.map(names.index)),
  };
}

function byThing(accepts: (thing: Thing) => boolean): (found: Found<Thing>) => boolean {
  return ({ thing }) => accepts(thing);
}

function entryOf(item: ResultItem): Entry {
  return { key: item.key, item, more: null };
}

function moreEntry(key: string, label: string, run: () => void): Entry {
  return { key: `more ${key} ${label}`, item: null, more: { label, run } };
}
