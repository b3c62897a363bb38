/**
 * Reads the text of a query field: words, quoted words and `key:value` terms, joined by spaces (and), `or`, parentheses
 * and a leading `-` (not). Every text can be read: a part that cannot is left out and named as a problem.
 */

/** A part of the text, from its first character to before `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

type Operator = ':' | '>' | '>=' | '<' | '<=';

/** One term. `value` and `values` are without the quotes around them. */
export interface Term extends Span {
  readonly kind: 'term';
  /** In lower case; null: a word or phrase. */
  readonly key: string | null;
  readonly operator: Operator;
  readonly value: string;
  /** The value's parts between commas that no quotes hold. */
  readonly values: readonly string[];
}

/** A term as it stands in the text, with or without a `-` before it. */
export type WrittenTerm = Term & { readonly negative: boolean };

export type QueryNode =
  | Term
  | { readonly kind: 'not'; readonly of: QueryNode }
  | { readonly kind: 'all' | 'any'; readonly of: readonly QueryNode[] };

export interface QueryProblem extends Span {
  /** A sentence that says what is wrong and what to write. */
  readonly message: string;
}

export interface ParsedQuery {
  /** Null: the text asks for nothing. */
  readonly node: QueryNode | null;
  /** The terms in the order of the text, whatever joins them. */
  readonly terms: readonly WrittenTerm[];
  /** Those of the terms that every match must meet: no parentheses around them, and no alternatives beside them. */
  readonly outer: readonly WrittenTerm[];
  /** Whether an “or” stands outside all parentheses. */
  readonly hasAlternatives: boolean;
  readonly problems: readonly QueryProblem[];
}

type Token = Span & ({ readonly kind: 'open' | 'close' | 'or' } | WrittenTerm);

/** Deeper groups than anyone writes by hand; each level is a call. */
const DEEPEST = 50;

export function parseQuery(text: string): ParsedQuery {
  const problems: QueryProblem[] = [];
  const tokens = tokenize(text, problems);
  const single: WrittenTerm[] = [];
  let hasAlternatives = false;
  let at = 0;

  /** Reads alternatives up to the end of the text or of the group. */
  function alternatives(depth: number): QueryNode | null {
    const parts: QueryNode[] = [];
    let all: QueryNode[] = [];
    let joint: Token | null = null;
    for (let token = tokens[at]; token; token = tokens[at]) {
      if (token.kind === 'close') {
        if (depth > 0) break;
        problems.push({ ...spanOf(token), message: 'This parenthesis closes nothing. Remove it.' });
        at++;
      } else if (token.kind === 'or') {
        at++;
        if (all.length === 0) problems.push({ ...spanOf(token), message: 'Nothing stands before “or”.' });
        else parts.push(joined('all', all));
        all = [];
        joint = token;
      } else {
        const node = item(depth);
        if (node) all.push(node);
      }
    }
    if (all.length > 0) parts.push(joined('all', all));
    else if (joint) problems.push({ ...spanOf(joint), message: 'Nothing stands after “or”.' });
    if (depth === 0) hasAlternatives = joint !== null;
    return parts.length === 0 ? null : joined('any', parts);
  }

  /** Reads a term or a group. */
  function item(depth: number): QueryNode | null {
    const token = tokens[at++];
    if (token?.kind === 'term') {
      if (depth === 0) single.push(token);
      return token.negative ? { kind: 'not', of: token } : token;
    }
    if (token?.kind !== 'open') return null;
    if (depth >= DEEPEST) {
      problems.push({ ...spanOf(token), message: 'These parentheses are nested too deep.' });
      return null;
    }
    const node = alternatives(depth + 1);
    if (tokens[at]?.kind === 'close') at++;
    else problems.push({ ...spanOf(token), message: 'This parenthesis is never closed. Add “)”.' });
    return node && text[token.from] === '-' ? { kind: 'not', of: node } : node;
  }

  const node = alternatives(0);
  const terms = tokens.flatMap((token) => (token.kind === 'term' ? [token] : []));
  const outer = node?.kind === 'any' ? [] : single;
  return { node, terms, outer, hasAlternatives, problems };
}

/** A key, an operator and a value, or a word. Quotes hold spaces, commas and parentheses together; `\\"` is one of the value. */
const TERM = /(-?)(?:([a-z][a-z_]*)(:|>=|<=|>|<))?((?:"(?:\\"|[^"])*"?|[^\s()"])*)/iy;

function tokenize(text: string, problems: QueryProblem[]): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const opens = /\s*(?:(-?\()|(\)))?/y;
    opens.lastIndex = at;
    const [skipped = '', open, close] = opens.exec(text) ?? [];
    at += skipped.length;
    if (open) tokens.push({ kind: 'open', from: at - open.length, to: at });
    else if (close) tokens.push({ kind: 'close', from: at - 1, to: at });
    else if (at < text.length) {
      const from = at;
      TERM.lastIndex = at;
      const [whole = '', minus = '', key, operator = ':', value = ''] = TERM.exec(text) ?? [];
      at += whole.length;
      const negative = minus === '-';
      if (!negative && key === undefined && value.toLowerCase() === 'or') tokens.push({ kind: 'or', from, to: at });
      else if (key !== undefined || value !== '') {
        const { values, isOpen } = splitValue(value);
        if (isOpen) problems.push({ from, to: at, message: 'This quotation mark is never closed. Add another.' });
        tokens.push({
          kind: 'term',
          from,
          to: at,
          negative,
          key: key?.toLowerCase() ?? null,
          operator: operator as Operator,
          value: values.join(','),
          values,
        });
      } else if (whole !== '') problems.push({ from, to: at, message: 'Nothing stands after “-”.' });
    }
    if (at === start) at++;
  }
  return tokens;
}

/** Divides a value at its commas, and takes the quotes away. */
function splitValue(text: string): { values: string[]; isOpen: boolean } {
  const values = [''];
  let isOpen = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (isOpen && character === '\\' && text[at + 1] === '"') values.push(`${values.pop()}${text[++at]}`);
    else if (character === '"') isOpen = !isOpen;
    else if (character === ',' && !isOpen) values.push('');
    else values.push(`${values.pop()}${character}`);
  }
  return { values, isOpen };
}

/** Writes a value so that it is read as one. */
export function quoted(value: string): string {
  return value === '' || /[\s()",]|^-/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value;
}

function joined(kind: 'all' | 'any', of: readonly QueryNode[]): QueryNode {
  return of.length === 1 ? (of[0] as QueryNode) : { kind, of };
}

function spanOf({ from, to }: Span): Span {
  return { from, to };
}
