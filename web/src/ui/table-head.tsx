import { For } from 'solid-js';
import table from './table.module.css';

export interface Column {
  readonly name: string;
  /** As in CSS; without one it takes what the others leave. */
  readonly width?: string;
  readonly kind?: 'number' | 'buttons';
}

/** The widths and the names of a table's columns; a column of buttons has a name that is heard, not seen. */
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
