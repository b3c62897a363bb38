import { For, type JSX } from 'solid-js';
import styles from './table.module.css';

export interface Column {
  readonly name: string;
  /** A CSS width; a column without one takes the remaining space. */
  readonly width?: string;
  readonly kind?: 'number' | 'buttons';
}

/** A table of dense rows; only screen readers get the name of a column of buttons. */
export function Table(props: { columns: readonly Column[]; children: JSX.Element }) {
  return (
    <table class={styles['table']}>
      <colgroup>
        <For each={props.columns}>{({ width }) => <col style={{ width }} />}</For>
      </colgroup>
      <thead>
        <tr>
          <For each={props.columns}>
            {({ name, kind }) => (
              <th classList={{ [styles['number'] ?? '']: kind === 'number' }}>
                <span classList={{ 'visually-hidden': kind === 'buttons' }}>{name}</span>
              </th>
            )}
          </For>
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
  );
}
