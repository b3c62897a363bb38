/**
 * A list as a table of dense rows: sorted and filtered by its heads, driven by keyboard, grouped, and drawn only where
 * it is on the screen once it is long. `createTable` holds its state, which the page around it shares.
 */
import { createVirtualizer } from '@tanstack/solid-virtual';
import { createEffect, createMemo, createSignal, For, type JSX, onMount, Show } from 'solid-js';
import type { Line, Table } from './create-table.ts';
import { createTableKeys } from './create-table-keys.ts';
import styles from './data-table.module.css';
import { NoRows } from './no-rows.tsx';
import { TableHead } from './table-head.tsx';
import { GroupLine, RowLine } from './table-lines.tsx';

/** Lines above which only those on the screen exist. */
const MANY = 200;
/** The height of the head and of a group, as in the stylesheet. */
const HEAD = 30;
const GROUP = 28;
/** The widths of the column of checkboxes, and of a column without a width of its own. */
const SELECT = 40;
const NAME = 140;
/** The height of a row until the stylesheet's is read. */
const ROW = 34;

export interface DataTableProps<Row> {
  readonly table: Table<Row>;
  /** The accessible name of the table: 'Projects'. */
  readonly label: string;
  /** The word for several rows: 'projects'. */
  readonly noun: string;
  /** Shown in place of a table without any rows: what to do next. */
  readonly empty: JSX.Element;
  /** Whether the rows are still being read, so that their absence means nothing. */
  readonly loading?: boolean;
  /** Pixels, where a row holds more than a line of text. */
  readonly rowHeight?: number;
}

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { table } = props;
  let scroller!: HTMLDivElement;
  const [token, setToken] = createSignal(ROW);
  const rowHeight = () => props.rowHeight ?? token();
  onMount(() => setToken(Number.parseFloat(getComputedStyle(scroller).getPropertyValue('--row')) || ROW));

  const isLong = createMemo(() => table.lines().length > MANY);
  const virtualizer = createVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    get count() {
      return isLong() ? table.lines().length : 0;
    },
    getScrollElement: () => scroller,
    get estimateSize() {
      const [lines, row] = [table.lines(), rowHeight()];
      return (index: number) => (lines[index]?.kind === 'group' ? GROUP : row);
    },
    // Another function for other lines: their sizes are then looked at again.
    get getItemKey() {
      const lines = table.lines();
      return (index: number) => lineId(lines[index]);
    },
    overscan: 12,
    scrollMargin: HEAD,
    scrollPaddingStart: HEAD,
  });

  const window = createMemo(() => {
    const lines = table.lines();
    if (!isLong()) return { lines, above: 0, below: 0, first: 0 };
    const items = virtualizer.getVirtualItems();
    const [first, last] = [items[0], items.at(-1)];
    if (first === undefined || last === undefined) return { lines: [], above: 0, below: 0, first: 0 };
    return {
      lines: lines.slice(first.index, last.index + 1),
      above: first.start - HEAD,
      below: virtualizer.getTotalSize() - (last.end - HEAD),
      first: first.index,
    };
  });
  // The lines as texts, which keep their elements when the rows are read again.
  const ids = createMemo(() => window().lines.map(lineId));
  const position = createMemo(() => new Map(ids().map((id, index) => [id, window().first + index])));

  /** The row that is to have the focus as soon as it exists. */
  const [wanted, want] = createSignal<{ readonly key: string } | null>(null);
  function focusRow(key: string): void {
    table.selection.focus(key);
    revealRow(key);
  }
  function revealRow(key: string): void {
    if (isLong()) virtualizer.scrollToIndex(table.lines().findIndex((line) => line.kind === 'row' && line.key === key));
    want({ key });
  }
  createTableKeys(table, {
    element: () => scroller,
    focusRow,
    revealRow,
    page: () => Math.max(1, Math.floor((scroller.clientHeight - HEAD) / rowHeight()) - 1),
  });
  // Another order begins at its top.
  createEffect((before: string | undefined) => {
    const sort = JSON.stringify([table.state.sort(), table.state.group()]);
    if (before !== undefined && before !== sort) scroller.scrollTop = 0;
    return sort;
  });

  /** The width at which the column that takes the remaining space can still be read; below it the table scrolls. */
  const least = () =>
    table.shownColumns().reduce((sum, { width }) => sum + (width ?? NAME), table.selects === true ? SELECT : 0);
  const isEmpty = () => table.rows().length === 0;
  return (
    <div class={styles['scroll']} ref={scroller} data-empty={isEmpty()}>
      <Show when={!isEmpty()} fallback={<Show when={!props.loading}>{props.empty}</Show>}>
        <table
          class={styles['table']}
          aria-label={props.label}
          aria-rowcount={isLong() ? table.lines().length + 1 : undefined}
          data-selects={table.selects ?? false}
          style={{
            '--row': props.rowHeight === undefined ? undefined : `${props.rowHeight}px`,
            'min-width': `${least()}px`,
          }}
        >
          <TableHead table={table} />
          <Spacer height={window().above} />
          <tbody>
            <For each={ids()}>
              {(id) => {
                const index = () => (isLong() ? (position().get(id) ?? 0) + 2 : undefined);
                const key = id.slice(1);
                return id.startsWith('g') ? (
                  <GroupLine table={table} group={key} index={index()} />
                ) : (
                  <RowLine
                    table={table}
                    key={key}
                    index={index()}
                    wanted={wanted()?.key === key}
                    onFocused={() => want(null)}
                    onReveal={revealRow}
                  />
                );
              }}
            </For>
          </tbody>
          <Spacer height={window().below} />
        </table>
        <Show when={table.listed().length === 0}>
          <NoRows table={table} noun={props.noun} />
        </Show>
      </Show>
    </div>
  );
}

/** Takes the place of lines that are not on the screen. */
function Spacer(props: { height: number }) {
  return (
    <Show when={props.height > 0}>
      <tbody aria-hidden="true">
        <tr style={{ height: `${props.height}px` }} />
      </tbody>
    </Show>
  );
}

function lineId(line: Line | undefined): string {
  return line === undefined ? '' : `${line.kind === 'group' ? 'g' : 'r'}${line.key}`;
}
