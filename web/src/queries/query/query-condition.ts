/** A query's text as a condition for the mirror, and what is wrong with it. */
import type { Condition } from '../../replica/model/mirror-questions.ts';
import { parseQuery, type QueryNode, type QueryProblem, type Term } from './parse-query.ts';
import { type QueryNames, QueryValueError, queryKey, queryKeys } from './query-keys.ts';

export interface QueryCondition {
  /** All but the regions of poses; null: nothing is asked for. Parts with a problem are left out. */
  readonly condition: Condition | null;
  /** The regions of poses, where nothing but other parts and “and” stand beside them. The pose matrix ignores them. */
  readonly poses: Condition | null;
  /** In the order of the text. */
  readonly problems: readonly QueryProblem[];
}

export function queryCondition(text: string, names: QueryNames): QueryCondition {
  const { node, problems: unread } = parseQuery(text);
  const problems = [...unread];

  function termCondition(term: Term): Condition | null {
    const { key, value, from, to } = term;
    if (key === null) return value === '' ? null : wordCondition(value);
    const known = queryKey(key);
    try {
      if (known) return known.condition(term, names);
      throw new QueryValueError(
        `There is no “${key}${term.operator}”. Use one of ${Object.keys(queryKeys).join(', ')}, or put the word in quotation marks.`,
      );
    } catch (error) {
      if (!(error instanceof QueryValueError)) throw error;
      problems.push({ from, to, message: error.message });
      return null;
    }
  }

  function conditionOf(part: QueryNode): Condition | null {
    if (part.kind === 'term') return termCondition(part);
    if (part.kind === 'not') {
      const of = conditionOf(part.of);
      return of && { kind: 'not', of };
    }
    const of = part.of.map(conditionOf).filter((one) => one !== null);
    return of.length < 2 ? (of[0] ?? null) : { kind: part.kind, of };
  }

  function allOf(parts: readonly QueryNode[]): Condition | null {
    return parts.length === 0 ? null : conditionOf({ kind: 'all', of: parts });
  }

  const parts = node === null ? [] : node.kind === 'all' ? node.of : [node];
  const condition = allOf(parts.filter((part) => !isPoses(part)));
  const poses = allOf(parts.filter(isPoses));
  return { condition, poses, problems: problems.toSorted((a, b) => a.from - b.from) };
}

/** Returns true for a region of poses, or alternatives of such. */
function isPoses(part: QueryNode): boolean {
  if (part.kind === 'term') return part.key === 'pose';
  return part.kind === 'any' && part.of.every(isPoses);
}

/** A word is looked for in names and folders; with a `*` it is a pattern within the name. */
function wordCondition(word: string): Condition {
  return word.includes('*') ? { kind: 'name', pattern: `*${word}*` } : { kind: 'text', text: word };
}
