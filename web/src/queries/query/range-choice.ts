/** The range of numbers that a query's text asks for, as a histogram shows and changes it. */
import type { Condition } from '../../replica/model/mirror-questions.ts';
import { outerTerms, withTerms } from './edit-query.ts';
import { QueryValueError } from './key-values.ts';
import type { WrittenTerm } from './parse-query.ts';
import { termCondition } from './query-condition.ts';

/** Null: no bound on that side. */
export interface NumberRange {
  readonly from: number | null;
  readonly to: number | null;
}

const noNames = { subjects: [], packages: [] };

/** @returns null where the text does not ask for a range of the key. */
export function readRange(text: string, key: string): NumberRange | null {
  const ranges = readTerms(text, key).map(({ range }) => range);
  if (ranges.length === 0) return null;
  const bounds = (end: keyof NumberRange) => ranges.map((range) => range[end]).filter((bound) => bound !== null);
  const [least, most] = [bounds('from'), bounds('to')];
  return {
    from: least.length > 0 ? Math.max(...least) : null,
    to: most.length > 0 ? Math.min(...most) : null,
  };
}

/** Returns the text with this range for the key. @param written bounds as people write them; null: none. */
export function withRange(
  text: string,
  key: string,
  { from, to }: { readonly from: string | null; readonly to: string | null },
): string {
  const term =
    from !== null && to !== null
      ? `${key}:${from}..${to}`
      : from !== null
        ? `${key}>=${from}`
        : to !== null
          ? `${key}<=${to}`
          : null;
  return withTerms(
    text,
    readTerms(text, key).map(({ term: former }) => former),
    term === null ? [] : [term],
  );
}

/** Reads the terms that narrow the numbers to a range: those that leave one out stay as they are. */
function readTerms(text: string, key: string): { term: WrittenTerm; range: NumberRange }[] {
  return outerTerms(text, key).flatMap((term) => {
    if (term.negative) return [];
    try {
      const condition = termCondition(term, noNames);
      const range = condition && rangeIn(condition);
      return range ? [{ term, range }] : [];
    } catch (error) {
      if (error instanceof QueryValueError) return [];
      throw error;
    }
  });
}

function rangeIn(condition: Condition): NumberRange | null {
  if (condition.kind === 'range') return { from: condition.from, to: condition.to };
  // “More than” is written as a known number that is not up to the bound.
  const above = condition.kind === 'all' ? condition.of.find(({ kind }) => kind === 'not') : undefined;
  return above?.kind === 'not' && above.of.kind === 'range' ? { from: above.of.to, to: null } : null;
}
