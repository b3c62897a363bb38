/** Where a table keeps its sort, filters and grouping: in the page's address, or in memory for a table within a page. */
import { useSearchParams } from '@solidjs/router';
import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { Column } from './column.ts';
import type { ColumnFilter, ColumnFilters } from './filter-rows.ts';
import type { Sort } from './sort-rows.ts';
import { formatFilter, formatSort, parseFilters, parseSort } from './table-address.ts';

export interface TableState {
  readonly sort: Accessor<Sort | null>;
  readonly filters: Accessor<ColumnFilters>;
  /** Words that a row must have in one of its columns. */
  readonly text: Accessor<string>;
  /** The name of the grouping; '': none. */
  readonly group: Accessor<string>;
  setSort(sort: Sort): void;
  setFilter(column: string, filter: ColumnFilter | null): void;
  setText(text: string): void;
  setGroup(name: string): void;
  /** Removes the words and all filters. */
  clear(): void;
}

export interface TableDefaults {
  readonly sort: Sort;
  readonly group?: string;
}

export function createTableState(defaults: TableDefaults): TableState {
  const [sort, setSort] = createSignal<Sort>(defaults.sort);
  const [filters, setFilters] = createSignal<ColumnFilters>({});
  const [text, setText] = createSignal('');
  const [group, setGroup] = createSignal(defaults.group ?? '');
  return {
    sort,
    filters,
    text,
    group,
    setSort: (next) => void setSort(next),
    setFilter: (column, filter) =>
      void setFilters(({ [column]: _before, ...others }) =>
        filter === null ? others : { ...others, [column]: filter },
      ),
    setText: (next) => void setText(next),
    setGroup: (name) => void setGroup(name),
    clear() {
      setFilters({});
      setText('');
    },
  };
}

/** Keeps the state in the parameters `sort`, `q`, `group`, and one for each filtered column. */
export function createAddressTableState<Row>(columns: readonly Column<Row>[], defaults: TableDefaults): TableState {
  const [search, setSearch] = useSearchParams();
  const one = (name: string) => {
    const value = search[name];
    return typeof value === 'string' ? value : undefined;
  };
  const set = (change: Readonly<Record<string, string | undefined>>) =>
    setSearch({ ...change }, { replace: true, scroll: false });
  const group = () => one('group') ?? defaults.group ?? '';
  return {
    sort: createMemo(() => parseSort(one('sort')) ?? defaults.sort),
    filters: createMemo(() => parseFilters(columns, search)),
    text: () => one('q') ?? '',
    group: () => (group() === 'none' ? '' : group()),
    setSort: (sort) => set({ sort: formatSort(sort) }),
    setFilter: (column, filter) => set({ [column]: formatFilter(filter) }),
    setText: (text) => set({ q: text === '' ? undefined : text }),
    setGroup: (name) => set({ group: name === '' ? 'none' : name }),
    clear: () => set({ q: undefined, ...Object.fromEntries(columns.map(({ id }) => [id, undefined])) }),
  };
}
