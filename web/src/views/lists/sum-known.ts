/** Sums a figure over rows; null when it is not known for one of them. */
export function sumKnown<Row>(rows: readonly Row[], of: (row: Row) => number | null): number | null {
  let sum = 0;
  for (const row of rows) {
    const figure = of(row);
    if (figure === null) return null;
    sum += figure;
  }
  return sum;
}
