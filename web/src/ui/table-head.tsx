import { For } from 'solid-js';
import table from './table.module.css';

export interface Column {
  readonly name: string;
  /** A CSS width; a column without one takes the remaining space. */
  readonly width?: string;
  readonly kind?: 'number' | 'buttons';
}

/** The widths and names of a table's columns; only screen readers get the name of a column of buttons. */
export function TableHead(props: { columns: readonly Column[] }) {
  return (
    <>
      <colgroup>
        <For each={props.columns}>{({ width }) => <col style={{ width }} />}</For>
      </colgroup>
      <thead>
        <tr>
          <For each={props.columns}>
            {({ name, kind }) => (
              <th classList={{ [table['number'] ?? '']: kind === 'number' }}>
                <span classList={{ 'visually-hidden': kind === 'buttons' }}>{name}</span>
              </th>
            )}
          </For>
        </tr>
      </thead>
    </>
  );
}
