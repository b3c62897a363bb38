/** The values that a query's text chooses for a key, as a facet shows and changes them. */
import type { Condition } from '../../replica/model/mirror-questions.ts';
import { outerTerms, withTerms } from './edit-query.ts';
import { QueryValueError } from './key-values.ts';
import { quoted, type WrittenTerm } from './parse-query.ts';
import { termCondition } from './query-condition.ts';
import type { QueryNames } from './query-keys.ts';

/** A facet's value; null: unknown. */
type Value = string | null;

export interface ValueChoice {
  /** Alternatives of each term; a match meets every term. */
  readonly groups: readonly (readonly Value[])[];
  readonly excluded: readonly Value[];
}

/** Choose only this value, add it to the alternatives, or leave its assets out. The same again takes it back. */
export type ChoiceGesture = 'only' | 'add' | 'exclude';

export function readChoice(text: string, key: string, names: QueryNames): ValueChoice {
  const terms = readTerms(text, key, names);
  return {
    groups: terms.filter(({ term }) => !term.negative).map(({ values }) => values),
    excluded: terms.filter(({ term }) => term.negative).flatMap(({ values }) => values),
  };
}

/** Returns the text after a gesture on a value. Terms with a problem stay. @param write writes a value as people read it. */
export function withChoice(
  text: string,
  key: string,
  names: QueryNames,
  { value, gesture, write }: { value: Value; gesture: ChoiceGesture; write: (value: Value) => string },
): string {
  const terms = readTerms(text, key, names);
  const { groups, excluded } = changed(readChoice(text, key, names), value, gesture);
  const list = (values: readonly Value[]) => values.map((one) => quoted(write(one))).join(',');
  const written = groups.map((group) => `${key}:${list(group)}`);
  if (excluded.length > 0) written.push(`-${key}:${list(excluded)}`);
  return withTerms(
    text,
    terms.map(({ term }) => term),
    written,
  );
}

function changed({ groups, excluded }: ValueChoice, value: Value, gesture: ChoiceGesture): ValueChoice {
  const isIn = groups.some((group) => group.includes(value));
  const isOut = excluded.includes(value);
  const without = groups.map((group) => group.filter((one) => one !== value)).filter((group) => group.length > 0);
  const others = excluded.filter((one) => one !== value);
  if (gesture === 'exclude') return { groups: without, excluded: isOut ? others : [...others, value] };
  if (gesture === 'only') {
    const isOnly = isIn && without.length === 0 && excluded.length === 0;
    return { groups: isOnly ? [] : [[value]], excluded: [] };
  }
  if (isIn) return { groups: without, excluded };
  return { groups: [...groups.slice(0, -1), [...(groups.at(-1) ?? []), value]], excluded: others };
}

function readTerms(text: string, key: string, names: QueryNames): { term: WrittenTerm; values: readonly Value[] }[] {
  return outerTerms(text, key).flatMap((term) => {
    try {
      const condition = termCondition(term, names);
      return condition === null ? [] : [{ term, values: valuesIn(condition) }];
    } catch (error) {
      if (error instanceof QueryValueError) return [];
      throw error;
    }
  });
}

function valuesIn(condition: Condition): readonly Value[] {
  if (condition.kind === 'value') return condition.values;
  if (condition.kind === 'tag') return [condition.tag];
  return condition.kind === 'any' ? condition.of.flatMap(valuesIn) : [];
}
