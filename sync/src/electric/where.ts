/**
 * The where of a shape: equalities of columns with constants, all of which must hold, such as
 * `project_id = $1 AND done = true`. One parse serves both sides, the SQL of the snapshot and the
 * decision about rows of the log, so that they cannot differ.
 */
import { quoteIdentifier } from './identifiers.ts';
import type { TableColumn } from './table.ts';

export interface Equality {
  readonly column: string;
  /** A Postgres type whose equal values have one text form. */
  readonly type: string;
  /** In the form in which the log writes such a value; null equals nothing. */
  readonly value: string;
}

/** The where cannot be served; the message is for whoever sent it. */
export class WhereError extends Error {
  override readonly name = 'WhereError';
}

const TOKEN =
  /\s*(?:(?<quoted>"(?:[^"]|"")+")|(?<text>'(?:[^']|'')*')|\$(?<parameter>\d+)|(?<number>-?\d+(?:\.\d+)?)|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<symbol><=|>=|<>|!=|::|\S))/y;

interface Token {
  readonly kind: 'quoted' | 'text' | 'parameter' | 'number' | 'word' | 'symbol' | 'end';
  readonly text: string;
  /** Characters before it. */
  readonly at: number;
}

/**
 * @param params by number, as `params[1]=…` gives them.
 * @throws WhereError naming what is wrong or not supported, and where.
 */
export function parseWhere(
  where: string,
  columns: readonly TableColumn[],
  params: ReadonlyMap<number, string>,
): Equality[] {
  const tokens = tokenize(where);
  const token = (index: number) => tokens[index] ?? endOf(where);
  const equalities: Equality[] = [];
  for (let index = 0; ; index += 4) {
    const column = columnOf(token(index), columns);
    const operator = token(index + 1);
    if (operator.text !== '=') throw unsupported(operator, 'only "=" between a column and a constant is');
    const value = constant(token(index + 2), column, params);
    equalities.push({ column: column.name, type: column.type, value });
    const next = token(index + 3);
    if (next.kind === 'end') return equalities;
    if (next.kind !== 'word' || next.text.toUpperCase() !== 'AND') throw unsupported(next, 'only AND joins conditions');
  }
}

/** The condition with parameters from `$1` on; always sent as text, so a driver cannot change them. */
export function whereSql(equalities: readonly Equality[]): { text: string; values: string[] } {
  const text = equalities.map(({ column, type }, index) => `${quoteIdentifier(column)} = $${index + 1}::text::${type}`);
  return { text: text.join(' AND ') || 'true', values: equalities.map(({ value }) => value) };
}

function tokenize(where: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(where); match; match = TOKEN.exec(where)) {
    const found = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined);
    if (!found) break;
    const [kind, text] = found as [Token['kind'], string];
    const length = kind === 'parameter' ? text.length + 1 : text.length;
    tokens.push({ kind, text, at: TOKEN.lastIndex - length });
  }
  return tokens;
}

function endOf(where: string): Token {
  return { kind: 'end', text: 'the end', at: where.length };
}

function unsupported(token: Token, instead: string): WhereError {
  return new WhereError(`At location ${token.at}: ${token.text} is not supported here, ${instead}`);
}

function columnOf(token: Token, columns: readonly TableColumn[]): TableColumn {
  if (token.kind !== 'word' && token.kind !== 'quoted') throw unsupported(token, 'a condition begins with a column');
  const name = token.kind === 'word' ? token.text.toLowerCase() : token.text.slice(1, -1).replaceAll('""', '"');
  const column = columns.find((candidate) => candidate.name === name);
  if (!column) throw new WhereError(`At location ${token.at}: unknown reference ${token.text}`);
  if (column.dimensions > 0 || !(column.type in canonical))
    throw new WhereError(
      `At location ${token.at}: ${token.text} is of type ${column.type}${'[]'.repeat(column.dimensions)}, which is not supported in a where`,
    );
  return column;
}

function constant(token: Token, column: TableColumn, params: ReadonlyMap<number, string>): string {
  const text = constantText(token, column, params);
  const value = canonical[column.type as keyof typeof canonical](text);
  if (value === null)
    throw new WhereError(`At location ${token.at}: invalid input for type ${column.type}: ${JSON.stringify(text)}`);
  return value;
}

function constantText(token: Token, column: TableColumn, params: ReadonlyMap<number, string>): string {
  switch (token.kind) {
    case 'parameter': {
      const value = params.get(Number(token.text));
      if (value === undefined)
        throw new WhereError(`At location ${token.at}: parameter $${token.text} was not provided`);
      return value;
    }
    case 'text':
      return token.text.slice(1, -1).replaceAll("''", "'");
    case 'number':
      if (column.type.startsWith('int')) return token.text;
      break;
    case 'word':
      if (column.type === 'bool' && /^(true|false)$/i.test(token.text)) return token.text;
      break;
    default:
      break;
  }
  throw unsupported(token, `${column.name} is compared with a constant of type ${column.type}`);
}

/** By type: the text that Postgres writes for the value that some input means; null when it means none. */
const canonical = {
  text: (text) => (text.includes('\0') ? null : text),
  varchar: (text) => (text.includes('\0') ? null : text),
  uuid: (text) => (/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? text.toLowerCase() : null),
  int2: (text) => integer(text, 16),
  int4: (text) => integer(text, 32),
  int8: (text) => integer(text, 64),
  bool: (text) => {
    if (/^(t|true|yes|on|1)$/i.test(text)) return 't';
    return /^(f|false|no|off|0)$/i.test(text) ? 'f' : null;
  },
} as const satisfies Record<string, (text: string) => string | null>;

function integer(text: string, bits: number): string | null {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) return null;
  const value = BigInt(text.trim().replace('+', ''));
  return BigInt.asIntN(bits, value) === value ? value.toString() : null;
}
