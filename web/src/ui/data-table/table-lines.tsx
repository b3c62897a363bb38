/** The lines of a table's body: rows, and the heads of groups. */
import { A, useNavigate } from '@solidjs/router';
import { createEffect, createMemo, For, type JSX, Show } from 'solid-js';
import { formatCount } from '../format.ts';
import { Icon } from '../icon.tsx';
import type { Table } from './create-table.ts';
import styles from './data-table.module.css';

export interface RowLineProps<Row> {
  readonly table: Table<Row>;
  readonly key: string;
  /** Its place among all lines, where most of them do not exist. */
  readonly index: number | undefined;
  /** Whether it is to take the focus. */
  readonly wanted: boolean;
  readonly onFocused: () => void;
  readonly onReveal: (key: string) => void;
}

export function RowLine<Row>(props: RowLineProps<Row>) {
  const { table, key } = props;
  const { selection } = table;
  const navigate = useNavigate();
  // A row that is deleted keeps its last values until its elements are gone.
  const row = createMemo<Row | undefined>((before) => table.byKey().get(key) ?? before);
  let line!: HTMLTableRowElement;
  createEffect(() => {
    if (!props.wanted) return;
    line.scrollIntoView({ block: 'nearest' });
    line.querySelector<HTMLElement>('[data-opens]')?.focus({ preventScroll: true });
    props.onFocused();
  });

  function onClick(event: MouseEvent): void {
    if (table.selects !== true || (event.target as Element).closest('a, button, input, label') !== null) return;
    if (event.shiftKey) selection.rangeTo(key);
    else if (event.ctrlKey || event.metaKey) selection.toggle(key);
    else selection.only(key);
    props.onReveal(key);
  }
  function onDoubleClick(event: MouseEvent): void {
    const shown = row();
    if (shown === undefined || (event.target as Element).closest('a, button, input, label') !== null) return;
    if (table.href !== undefined) navigate(table.href(shown));
    else table.onOpen?.(shown);
  }

  return (
    <tr
      ref={line}
      data-row={key}
      aria-rowindex={props.index}
      aria-selected={table.selects === true ? selection.keys().has(key) : undefined}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={onClick}
      onDblClick={onDoubleClick}
      onFocusIn={() => selection.focused() !== key && selection.focus(key)}
    >
      <Show when={row()}>
        {(shown) => (
          <>
            <Show when={table.selects}>
              <td class={styles['select']}>
                <input
                  type="checkbox"
                  tabIndex="-1"
                  aria-label={`Select ${table.name(shown())}`}
                  checked={selection.keys().has(key)}
                  onClick={(event) => {
                    if (event.shiftKey) selection.rangeTo(key);
                    else selection.toggle(key);
                    // Keys then act on the row, and not on the checkbox.
                    props.onReveal(key);
                  }}
                />
              </td>
            </Show>
            <For each={table.shownColumns()}>
              {(column) => (
                <td
                  classList={{
                    [styles['end'] ?? '']: column.align === 'end',
                    [styles['name'] ?? '']: column.opens === true,
                  }}
                >
                  <Show when={column.opens} fallback={column.cell(shown())}>
                    <Opener table={table} row={shown()} tabIndex={selection.focused() === key ? 0 : -1}>
                      {column.cell(shown())}
                    </Opener>
                  </Show>
                </td>
              )}
            </For>
          </>
        )}
      </Show>
    </tr>
  );
}

/** The cell that has the row's focus, and opens it: a link, a button, or a text where there is nothing to open. */
function Opener<Row>(props: { table: Table<Row>; row: Row; tabIndex: 0 | -1; children: JSX.Element }) {
  const { table } = props;
  const title = () => table.name(props.row);
  if (table.href !== undefined)
    return (
      <A href={table.href(props.row)} title={title()} data-opens tabIndex={props.tabIndex}>
        {props.children}
      </A>
    );
  if (table.onOpen !== undefined)
    return (
      <button
        type="button"
        title={title()}
        data-opens
        tabIndex={props.tabIndex}
        onClick={() => table.onOpen?.(props.row)}
      >
        {props.children}
      </button>
    );
  return (
    <span title={title()} data-opens tabIndex={props.tabIndex}>
      {props.children}
    </span>
  );
}

export function GroupLine<Row>(props: { table: Table<Row>; group: string; index: number | undefined }) {
  const { table } = props;
  const group = () => table.groups().get(props.group);
  return (
    <tr class={styles['group']} aria-rowindex={props.index}>
      <th scope="rowgroup" colSpan={table.shownColumns().length + (table.selects ? 1 : 0)}>
        <button type="button" aria-expanded={table.isOpen(props.group)} onClick={() => table.toggleGroup(props.group)}>
          <Icon name={table.isOpen(props.group) ? 'chevron' : 'chevronRight'} size={12} />
          {group()?.label} <span class="faint">{formatCount(group()?.rows.length ?? 0)}</span>
        </button>
      </th>
    </tr>
  );
}
