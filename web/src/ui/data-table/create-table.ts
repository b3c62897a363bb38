/** The state of a list: its rows as filtered, sorted and grouped, the selection, and the columns that are shown. */
import { type Accessor, createMemo, createSignal } from 'solid-js';
import { createMediaQuery } from '../create-media-query.ts';
import type { Column } from './column.ts';
import { columnChoices } from './column-choices.ts';
import { createRowSelection, type RowSelection } from './create-row-selection.ts';
import type { TableState } from './create-table-state.ts';
import { filterRows } from './filter-rows.ts';
import { focusedRowKey } from './focused-row.ts';
import { type Grouping, type GroupOfRows, groupRows } from './group-rows.ts';
import { sortRows } from './sort-rows.ts';

export interface TableOptions<Row> {
  /** Names the table in a person's choices on this device: `packages`. */
  readonly id: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: Accessor<readonly Row[]>;
  readonly key: (row: Row) => string;
  /** Returns the name that people know the row by. */
  readonly name: (row: Row) => string;
  /** Returns the address that the row opens. */
  readonly href?: (row: Row) => string;
  /** Opens a row that has no page of its own: its dialog, for instance. */
  readonly onOpen?: (row: Row) => void;
  readonly state: TableState;
  /** By the names that the state holds. */
  readonly groupings?: Readonly<Record<string, Grouping<Row>>>;
  /** Whether rows can be selected. */
  readonly selects?: boolean;
}

/** One line of the table's body: the key of a row or of a group. */
export interface Line {
  readonly kind: 'row' | 'group';
  readonly key: string;
}

export interface Table<Row> extends Omit<TableOptions<Row>, 'groupings'> {
  readonly groupings: Readonly<Record<string, Grouping<Row>>>;
  /** The columns that a person sees, in order. */
  readonly shownColumns: Accessor<readonly Column<Row>[]>;
  isShown(column: Column<Row>): boolean;
  show(column: Column<Row>, shown: boolean): void;
  readonly groups: Accessor<ReadonlyMap<string, GroupOfRows<Row>>>;
  readonly grouping: Accessor<Grouping<Row> | null>;
  /** The rows that meet all filters, in the order of the screen; those of closed groups too. */
  readonly listed: Accessor<readonly Row[]>;
  readonly byKey: Accessor<ReadonlyMap<string, Row>>;
  /** The rows and groups on the screen, without the rows of closed groups. */
  readonly lines: Accessor<readonly Line[]>;
  isOpen(group: string): boolean;
  toggleGroup(group: string): void;
  readonly selection: RowSelection;
  readonly selected: Accessor<readonly Row[]>;
  /** The selected rows, or else the one with the keyboard focus, which an action is about. */
  targets(): readonly Row[];
  readonly isFiltering: Accessor<boolean>;
}

/** The width below which a table leaves out its wide columns, as the stylesheet leaves out other wide things. */
const NARROW = '(max-width: 1180px)';

export function createTable<Row>(options: TableOptions<Row>): Table<Row> {
  const { columns, rows, key, state } = options;
  const groupings = options.groupings ?? {};
  const [choices, setChoices] = columnChoices(options.id);
  const narrow = createMediaQuery(NARROW);
  const [closed, setClosed] = createSignal<ReadonlySet<string>>(new Set());
  const isShown = (column: Column<Row>) => column.opens === true || (choices()[column.id] ?? column.hidden !== true);

  const grouping = createMemo(() => groupings[state.group()] ?? null);
  const matching = createMemo(() => filterRows(rows(), columns, state.filters(), state.text()));
  const grouped = createMemo(() => groupRows(sortRows(matching(), columns, state.sort()), grouping()));
  const listed = createMemo(() => grouped().flatMap((group) => group.rows));
  const byKey = createMemo(() => new Map(rows().map((row) => [key(row), row])));
  const lines = createMemo(() =>
    grouped().flatMap((group): Line[] => {
      const inside = group.rows.map((row): Line => ({ kind: 'row', key: key(row) }));
      if (grouping() === null) return inside;
      return [{ kind: 'group', key: group.key }, ...(closed().has(group.key) ? [] : inside)];
    }),
  );
  const selection = createRowSelection(createMemo(() => listed().map(key)));
  const rowsOf = (keys: ReadonlySet<string>) => listed().filter((row) => keys.has(key(row)));
  const selected = createMemo(() => rowsOf(selection.keys()));

  return {
    ...options,
    groupings,
    grouping,
    isShown,
    show: (column, shown) => setChoices({ ...choices(), [column.id]: shown }),
    shownColumns: createMemo(() =>
      columns.filter(
        (column) => isShown(column) && column.id !== grouping()?.replaces && !(narrow() && column.wide === true),
      ),
    ),
    groups: createMemo(() => new Map(grouped().map((group) => [group.key, group]))),
    listed,
    byKey,
    lines,
    isOpen: (group) => !closed().has(group),
    toggleGroup(group) {
      const next = new Set(closed());
      if (!next.delete(group)) next.add(group);
      setClosed(next);
    },
    selection,
    selected,
    targets() {
      const focused = focusedRowKey();
      return selected().length > 0 ? selected() : rowsOf(new Set(focused === undefined ? [] : [focused]));
    },
    isFiltering: () => state.text().trim() !== '' || Object.keys(state.filters()).length > 0,
  };
}
