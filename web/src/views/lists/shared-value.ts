/** Returns the value that all rows have; undefined when they differ. */
export function sharedValue<Row, Value extends string | null>(
  rows: readonly Row[],
  of: (row: Row) => Value,
): Value | undefined {
  const [first, ...others] = rows.map(of);
  return first !== undefined && others.every((value) => value === first) ? first : undefined;
}
