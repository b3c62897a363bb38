/** The filter of a column, in a popover on its head. */
import { Popover } from '@kobalte/core/popover';
import { createMemo, createUniqueId, For, Match, Show, Switch } from 'solid-js';
import { formatCount } from '../format.ts';
import { Icon } from '../icon.tsx';
import type { Column } from './column.ts';
import styles from './column-filter.module.css';
import type { Table } from './create-table.ts';
import { type ColumnFilter, countChoices } from './filter-rows.ts';
import { compareWords } from './sort-rows.ts';
import { dayOf, endOfDay, formatBound, parseBound, startOfDay } from './typed-bounds.ts';

/** Choices that are listed; a person reaches the others by the filter field of the page. */
const LISTED = 200;

interface FilterProps<Row> {
  readonly table: Table<Row>;
  readonly column: Column<Row>;
}

export function ColumnFilterButton<Row>(props: FilterProps<Row>) {
  const { table, column } = props;
  const filter = () => table.state.filters()[column.id] ?? null;
  const label = () => `Filter by ${column.label.toLowerCase()}`;
  return (
    <Popover placement="bottom-start" gutter={4}>
      <Popover.Trigger
        class={styles['trigger'] ?? ''}
        aria-label={filter() === null ? label() : `${label()}, on`}
        title={label()}
        data-on={filter() !== null}
      >
        <Icon name="filter" size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content class={`popover ${styles['popover']}`} aria-label={label()}>
          <Switch>
            <Match when={column.filter === 'words'}>
              <Words table={table} column={column} />
            </Match>
            <Match when={column.filter === 'choices'}>
              <Choices table={table} column={column} />
            </Match>
            <Match when={column.filter === 'numbers'}>
              <Numbers table={table} column={column} />
            </Match>
            <Match when={column.filter === 'days'}>
              <Days table={table} column={column} />
            </Match>
          </Switch>
          <Show when={filter()}>
            <button type="button" class="button quiet small" onClick={() => table.state.setFilter(column.id, null)}>
              Clear
            </button>
          </Show>
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}

function Words<Row>({ table, column }: FilterProps<Row>) {
  const text = () => {
    const filter = table.state.filters()[column.id];
    return filter?.kind === 'words' ? filter.text : '';
  };
  return (
    <label class={styles['field']}>
      Contains
      <input
        class="field"
        autocomplete="off"
        spellcheck={false}
        value={text()}
        onInput={({ currentTarget: { value } }) =>
          set({ table, column }, value === '' ? null : { kind: 'words', text: value })
        }
      />
    </label>
  );
}

function Choices<Row>({ table, column }: FilterProps<Row>) {
  const picked = () => {
    const filter = table.state.filters()[column.id];
    return filter?.kind === 'choices' ? filter.values : [];
  };
  const choices = createMemo(() =>
    countChoices(table.rows(), table.columns, column, table.state.filters(), table.state.text()).sort(
      (a, b) => Number(a.value === '') - Number(b.value === '') || compareWords(a.label, b.label),
    ),
  );
  function toggle(value: string): void {
    const values = picked().includes(value) ? picked().filter((other) => other !== value) : [...picked(), value];
    set({ table, column }, values.length === 0 ? null : { kind: 'choices', values });
  }
  return (
    <ul class={styles['choices']}>
      <For each={choices().slice(0, LISTED)}>
        {(choice) => (
          <li>
            <label>
              <input type="checkbox" checked={picked().includes(choice.value)} onChange={() => toggle(choice.value)} />
              <span class="cut">{choice.label}</span>
              <span class="faint">{formatCount(choice.count)}</span>
            </label>
          </li>
        )}
      </For>
    </ul>
  );
}

function Numbers<Row>({ table, column }: FilterProps<Row>) {
  const range = () => rangeOf({ table, column });
  const size = column.unit?.size ?? 1;
  const unit = column.unit === undefined ? '' : ` (${column.unit.label})`;
  return (
    <div class={styles['range']}>
      <Bound
        label={`From${unit}`}
        type="number"
        value={formatBound(range().from, size)}
        onType={(text) => setRange({ table, column }, { from: parseBound(text, size) })}
      />
      <Bound
        label={`To${unit}`}
        type="number"
        value={formatBound(range().to, size)}
        onType={(text) => setRange({ table, column }, { to: parseBound(text, size) })}
      />
    </div>
  );
}

function Days<Row>({ table, column }: FilterProps<Row>) {
  const range = () => rangeOf({ table, column });
  return (
    <div class={styles['range']}>
      <Bound
        label="From"
        type="date"
        value={dayOf(range().from)}
        onType={(day) => setRange({ table, column }, { from: startOfDay(day) })}
      />
      <Bound
        label="To"
        type="date"
        value={dayOf(range().to)}
        onType={(day) => setRange({ table, column }, { to: endOfDay(day) })}
      />
    </div>
  );
}

function Bound(props: { label: string; type: 'number' | 'date'; value: string; onType: (text: string) => void }) {
  const id = createUniqueId();
  return (
    <div class={styles['field']}>
      <label for={id}>{props.label}</label>
      <input
        id={id}
        class="field"
        type={props.type}
        step="any"
        value={props.value}
        onChange={(event) => props.onType(event.currentTarget.value)}
      />
    </div>
  );
}

function rangeOf<Row>({ table, column }: FilterProps<Row>): {
  readonly from: number | null;
  readonly to: number | null;
} {
  const filter = table.state.filters()[column.id];
  return filter?.kind === 'range' ? filter : { from: null, to: null };
}

function setRange<Row>(
  props: FilterProps<Row>,
  change: { readonly from?: number | null; readonly to?: number | null },
): void {
  const { from, to } = { ...rangeOf(props), ...change };
  set(props, from === null && to === null ? null : { kind: 'range', from, to });
}

function set<Row>({ table, column }: FilterProps<Row>, filter: ColumnFilter | null): void {
  table.state.setFilter(column.id, filter);
}
