/** A menu in which a person chooses how the rows of a table are grouped. */
import { For } from 'solid-js';
import type { Table } from './create-table.ts';
import styles from './data-table.module.css';

export function GroupMenu<Row>(props: { table: Table<Row> }) {
  const { table } = props;
  return (
    <label class={`button ${styles['choice']}`}>
      <span class="muted">Group by</span>
      <select onChange={(event) => table.state.setGroup(event.currentTarget.value)}>
        <option value="" selected={table.grouping() === null}>
          None
        </option>
        <For each={Object.entries(table.groupings)}>
          {([name, { label }]) => (
            <option value={name} selected={table.state.group() === name}>
              {label}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}
