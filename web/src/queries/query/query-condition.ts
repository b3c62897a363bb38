/** A query's text as conditions for the mirror, and what is wrong with it. */
import type { Condition } from '../../replica/model/mirror-questions.ts';
import { QueryValueError } from './key-values.ts';
import { parseQuery, type QueryNode, type QueryProblem, type Term } from './parse-query.ts';
import { keyName, type QueryNames, queryKey, queryKeys } from './query-keys.ts';

export interface QueryCondition {
  /**
   * Every match meets all of these. Terms of one key that nothing but “and” joins to the rest stand under the key, so
   * that the key's own facet can ignore them; all other parts stand under `rest`. Parts with a problem are left out.
   */
  readonly where: Readonly<Record<string, Condition>>;
  /** In the order of the text. */
  readonly problems: readonly QueryProblem[];
}

export function queryCondition(text: string, names: QueryNames): QueryCondition {
  const { node, terms, problems: unread } = parseQuery(text);
  const problems = [...unread];

  function readTerm(term: Term): Condition | null {
    try {
      return termCondition(term, names);
    } catch (error) {
      if (!(error instanceof QueryValueError)) throw error;
      problems.push({ from: term.from, to: term.to, message: error.message });
      return null;
    }
  }

  function conditionOf(part: QueryNode): Condition | null {
    if (part.kind === 'term') return readTerm(part);
    if (part.kind === 'not') {
      const of = conditionOf(part.of);
      return of && { kind: 'not', of };
    }
    const of = part.of.map(conditionOf).filter((one) => one !== null);
    return of.length < 2 ? (of[0] ?? null) : { kind: part.kind, of };
  }

  const groups = Map.groupBy(node === null ? [] : node.kind === 'all' ? node.of : [node], groupOf);
  const where: Record<string, Condition> = {};
  for (const [group, parts] of groups) {
    const condition = conditionOf({ kind: 'all', of: parts });
    if (condition) where[group] = condition;
  }
  // Files that only tell about a clip or its card are listed only where the query speaks of them.
  if (!terms.some(({ key }) => key === 'sidecar')) {
    where['sidecar'] = { kind: 'not', of: { kind: 'flag', flag: 'sidecar' } };
  }
  return { where, problems: problems.toSorted((a, b) => a.from - b.from) };
}

/** Returns null for a word that asks for nothing. @throws QueryValueError */
export function termCondition(term: Term, names: QueryNames): Condition | null {
  const { key, value, operator } = term;
  if (key === null) return value === '' ? null : wordCondition(value);
  const known = queryKey(key);
  if (known) return known.condition(term, names);
  throw new QueryValueError(
    `There is no “${key}${operator}”. Use one of ${Object.keys(queryKeys).join(', ')}, or put the word in quotation marks.`,
  );
}

/** Returns the key of a part that is about one key; regions of poses may be alternatives. */
function groupOf(part: QueryNode): string {
  if (part.kind === 'term') return (part.key !== null && keyName(part.key)) || 'rest';
  if (part.kind === 'not' && part.of.kind === 'term') return groupOf(part.of);
  return part.kind === 'any' && part.of.every((one) => one.kind === 'term' && one.key === 'pose') ? 'pose' : 'rest';
}

/** A word is looked for in names and folders; with a `*` it is a pattern within the name. */
function wordCondition(word: string): Condition {
  return word.includes('*') ? { kind: 'name', pattern: `*${word}*` } : { kind: 'text', text: word };
}
