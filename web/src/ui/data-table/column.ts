/** A column of a list: how it is shown, sorted and filtered. */
import type { JSX } from 'solid-js';

/** The value by which a cell is sorted and filtered; null is unknown. */
export type CellValue = string | number | boolean | Date | readonly string[] | null;

/** `words`: text that must occur. `choices`: one of a few values. `numbers` and `days`: a range. */
type FilterKind = 'words' | 'choices' | 'numbers' | 'days';

export interface Column<Row> {
  /** Identifies the column in the address and in a person's choices: `subject`. */
  readonly id: string;
  readonly label: string;
  /** Pixels; columns without a width share the remaining space. */
  readonly width?: number;
  /** Numbers and times stand at the right, so that they can be compared. */
  readonly align?: 'end';
  /** Whether only screen readers get the label. */
  readonly labelHidden?: boolean;
  /** Whether the column is left out where the window is narrow. */
  readonly wide?: boolean;
  /** Whether the column is shown only once a person has chosen it. */
  readonly hidden?: boolean;
  /** Whether its cell is the link that opens the row. Every table has one such column, which is always shown. */
  readonly opens?: boolean;
  /** Returns the value to filter by, and to sort by unless there is a `rank`. A column without it has neither. */
  readonly value?: (row: Row) => CellValue;
  /** Returns the value to sort by, where it is not the one to filter by. */
  readonly rank?: (row: Row) => CellValue;
  readonly filter?: FilterKind;
  /** Returns what a person reads for a choice. The unknown choice is ''. */
  readonly choiceLabel?: (choice: string) => string;
  /** The unit in which a range is typed: `{ label: 'GB', size: 1e9 }`. */
  readonly unit?: { readonly label: string; readonly size: number };
  readonly cell: (row: Row) => JSX.Element;
}

/** Returns true for a column whose head sorts the rows. */
export function isSortable<Row>(column: Column<Row>): boolean {
  return (column.rank ?? column.value) !== undefined;
}
