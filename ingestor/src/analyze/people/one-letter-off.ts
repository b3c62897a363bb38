const MIN_SWAPPED = 3;
const MIN_MISSPELLED = 5;

/** Whether two words differ by one letter, or by two neighbours that are swapped. */
export function isOneLetterOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < MIN_SWAPPED) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [inA, inB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (inA.length === 2 && inB.length === 2) return inA[0] === inB[1] && inA[1] === inB[0];
  return inA.length <= 1 && inB.length <= 1 && Math.max(a.length, b.length) >= MIN_MISSPELLED;
}
