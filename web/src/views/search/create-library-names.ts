/** The names of this device's library, ready to be searched with each key. */
import { createMemo, createUniqueId } from 'solid-js';
import { NameIndex } from '../../queries/search/find-names.ts';
import {
  makeThings,
  type NameRows,
  nameQueries,
  type TagNameRow,
  type Thing,
  type ThingKind,
} from '../../queries/search/library-names.ts';
import type { MirrorQuestion } from '../../replica/model/mirror-questions.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { createLiveAnswer } from './create-live-answer.ts';

export interface LibraryNames {
  index(kind: ThingKind): NameIndex<Thing>;
  /** Whether some names have not been read yet. */
  readonly loading: boolean;
}

/** The tags of all assets with their counts, and no asset. */
const tagQuestion: MirrorQuestion = {
  scope: { kind: 'library' },
  where: { none: { kind: 'any', of: [] } },
  sort: { by: 'name', descending: false },
  facets: { tags: { column: 'tag', ignores: 'none' } },
};

/**
 * @param isOpen whether the names are followed; they stay known, as they were, when they are not.
 * @param tags whether the assets may be read into memory for their tags, if they are not there yet.
 */
export function createLibraryNames(isOpen: () => boolean, tags: () => 'read' | 'atHand'): LibraryNames {
  const { replica } = useReplica();
  const loads: (() => boolean)[] = [];
  function follow<Kind extends keyof typeof nameQueries>(kind: Kind): () => NameRows[Kind] {
    type Row = NameRows[Kind][number];
    const rows = createLiveQuery<Row>(replica, () => (isOpen() ? nameQueries[kind] : null), { key: null });
    loads.push(() => rows.loading);
    return createMemo<readonly Row[]>(
      (before) => (isOpen() && !rows.loading ? rows() : before),
      [],
    ) as () => NameRows[Kind];
  }
  const projects = follow('projects');
  const subjects = follow('subjects');
  const packages = follow('packages');
  const folders = follow('folders');
  const filters = follow('filters');

  const asker = createUniqueId();
  const atHand = createMemo(() => tags() === 'atHand');
  const counted = createLiveAnswer(
    replica,
    () => (isOpen() ? { ...tagQuestion, atHand: atHand() } : null),
    (question) => replica.ask(question, `tags ${asker}`),
    [{ table: 'asset_tags' }, { table: 'assets', columns: ['deleted_at'] }],
  );
  const tagRows = createMemo<readonly TagNameRow[]>((before) => {
    const facet = counted()?.answer.facets['tags'];
    if (!facet) return before;
    return facet.flatMap(({ value, count }) => (value === null || count === 0 ? [] : [{ name: value, count }]));
  }, []);

  const rows: NameRows = {
    get projects() {
      return projects();
    },
    get subjects() {
      return subjects();
    },
    get packages() {
      return packages();
    },
    get folders() {
      return folders();
    },
    get filters() {
      return filters();
    },
    get tags() {
      return tagRows();
    },
  };
  const indexed = (kind: ThingKind) => {
    return createMemo(() => new NameIndex(makeThings[kind](rows)));
  };
  const kinds = {
    projects: indexed('projects'),
    subjects: indexed('subjects'),
    packages: indexed('packages'),
    folders: indexed('folders'),
    filters: indexed('filters'),
    tags: indexed('tags'),
  };
  return {
    index: (kind) => kinds[kind](),
    get loading() {
      return loads.some((isLoading) => isLoading()) || (!atHand() && counted() === null && counted.problem === null);
    },
  };
}
