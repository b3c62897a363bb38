/** The heads of a table's columns: each sorts the rows, and opens the filter of its column. */
import { createEffect, For, Show } from 'solid-js';
import { Icon } from '../icon.tsx';
import { type Column, isSortable } from './column.ts';
import { ColumnFilterButton } from './column-filter.tsx';
import type { Table } from './create-table.ts';
import styles from './data-table.module.css';
import { nextSort } from './sort-rows.ts';

export function TableHead<Row>(props: { table: Table<Row> }) {
  const { table } = props;
  const some = () => table.selected().length > 0;
  const all = () => some() && table.selected().length === table.listed().length;
  let checkbox: HTMLInputElement | undefined;
  createEffect(() => {
    const mixed = some() && !all();
    if (checkbox !== undefined) checkbox.indeterminate = mixed;
  });
  return (
    <>
      <colgroup>
        <Show when={table.selects}>
          <col class={styles['select']} />
        </Show>
        <For each={table.shownColumns()}>
          {(column) => (
            <col
              classList={{ wide: column.wide === true }}
              style={{ width: column.width === undefined ? undefined : `${column.width}px` }}
            />
          )}
        </For>
      </colgroup>
      <thead>
        <tr>
          <Show when={table.selects}>
            <th class={styles['select']}>
              <input
                ref={checkbox}
                type="checkbox"
                aria-label="Select all"
                checked={all()}
                data-some={some()}
                onChange={() => (all() ? table.selection.clear() : table.selection.all())}
              />
            </th>
          </Show>
          <For each={table.shownColumns()}>{(column) => <Head table={table} column={column} />}</For>
        </tr>
      </thead>
    </>
  );
}

function Head<Row>(props: { table: Table<Row>; column: Column<Row> }) {
  const { table, column } = props;
  const sort = () => table.state.sort();
  const isSorted = () => sort()?.column === column.id;
  return (
    <th
      scope="col"
      data-end={column.align === 'end' ? true : undefined}
      classList={{ [styles['end'] ?? '']: column.align === 'end' }}
      aria-sort={isSorted() ? (sort()?.descending ? 'descending' : 'ascending') : undefined}
    >
      <span class={styles['head']}>
        <Show
          when={isSortable(column)}
          fallback={<span classList={{ 'visually-hidden': column.labelHidden === true }}>{column.label}</span>}
        >
          <button
            type="button"
            class={styles['sort']}
            onClick={() => table.state.setSort(nextSort(sort(), column, table.rows()))}
          >
            {column.label}
            <Show when={isSorted()}>
              <Icon name={sort()?.descending ? 'descending' : 'ascending'} size={12} />
            </Show>
          </button>
        </Show>
        <Show when={column.filter}>
          <ColumnFilterButton table={table} column={column} />
        </Show>
      </span>
    </th>
  );
}
