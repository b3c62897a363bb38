/** A request's SQL parsed into a tree by Postgres' own parser. */
import { setFlagsFromString } from 'node:v8';
import {
  hasSqlDetails,
  loadModule,
  type Node,
  type ParseResult,
  parseSync,
  type ScanToken,
  type SelectStmt,
  type SortBy,
  scanSync,
} from 'libpg-query';
import { refusal, WhereError } from './where-error.ts';

// The parser runs rarely and is not worth optimizing: V8 would briefly take half a gigabyte to do so. At run time,
// only all three flags together prevent that.
for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag);
await loadModule();

/**
 * Electric parses a where after `SELECT 1 WHERE ` and counts the location of a syntax error from there, but all other
 * locations from the where itself. In an order, all are counted from the beginning of its statement. Clients' tests
 * compare these locations.
 */
const ELECTRICS_WHERE = 'SELECT 1 WHERE '.length;
const ELECTRICS_ORDER = 'SELECT 1 ORDER BY '.length;

const MAX_CHARACTERS = 10_000;
/** The parser recurses at most once per token, and irrecoverably overflows its stack above 5,000. */
const MAX_TOKENS = 2_000;

/** Returns the number of characters before the node in the request's text. */
export type LocationOf = (node: object) => number;

/** @throws WhereError when the text is not exactly one expression. */
export function parseExpression(text: string): { node: Node; locationOf: LocationOf } {
  // Within parentheses only an expression parses, as long as the text does not close them.
  const { select, locationOf } = parseSelect('SELECT WHERE (', text, '\n)', { syntax: ELECTRICS_WHERE, others: 0 });
  if (!select?.whereClause) throw new WhereError('A where is one expression and nothing more.');
  return { node: select.whereClause, locationOf };
}

/** @throws WhereError when the text is not the list of an ORDER BY. */
export function parseOrder(text: string): { terms: SortBy[]; locationOf: LocationOf } {
  const { select, locationOf } = parseSelect('SELECT ORDER BY ', text, '\n', {
    syntax: ELECTRICS_ORDER,
    others: ELECTRICS_ORDER,
  });
  const { sortClause = [], limitOption, op, ...more } = select ?? {};
  const terms = sortClause.flatMap((node) => ('SortBy' in node ? [node.SortBy] : []));
  if (terms.length === 0 || Object.keys(more).length > 0)
    throw new WhereError('An order is a list of columns and nothing more.');
  return { terms, locationOf };
}

interface Syntax {
  /** Null when the text is not a single SELECT. */
  readonly select: SelectStmt | null;
  readonly locationOf: LocationOf;
}

/** @param lead characters added to the locations of syntax errors and of all others. */
function parseSelect(
  before: string,
  text: string,
  after: string,
  lead: { readonly syntax: number; readonly others: number },
): Syntax {
  if (text.length > MAX_CHARACTERS) throw new WhereError(`It must not be longer than ${MAX_CHARACTERS} characters.`);
  if (!isText(text)) throw new WhereError('It must be well-formed text without a NUL character.');
  const sql = `${before}${text}${after}`;
  let characters = 0;
  // The parser counts bytes; continuation bytes of UTF-8 start with the bits 10.
  const characterOf = Uint32Array.from(Buffer.from(sql), (byte) => (byte >> 6 === 2 ? characters : characters++));
  const placeOf = (byte: number) => Math.max(0, (characterOf[byte] ?? 0) - before.length);
  const locationOf: LocationOf = (node) => lead.others + placeOf(byteOf(node) ?? 0);
  const tokens = tokensOf(sql);
  if (tokens && before.endsWith('(')) refuseEarlyEnd(tokens, (byte) => lead.syntax + placeOf(byte));
  const { stmts } = parsed(sql, (message, character) => {
    const length = [...text].length;
    const location = Math.max(0, character - before.length);
    if (location >= length) throw refusal(lead.syntax + length, 'syntax error at end of input');
    throw refusal(lead.syntax + location, message.replace(`${after}"`, '"'));
  });
  const statement = stmts?.length === 1 ? stmts[0]?.stmt : undefined;
  const select = tokens && statement && 'SelectStmt' in statement ? statement.SelectStmt : null;
  return { select, locationOf };
}

/** True if Postgres can store the text. */
export function isText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** Returns a node's only entry, whose key is the node's kind. */
export function kindOf(node: Node): [kind: string, value: Record<string, unknown>] {
  return Object.entries(node)[0] as [string, Record<string, unknown>];
}

function parsed(sql: string, refuse: (message: string, character: number) => never): ParseResult {
  try {
    return parseSync(sql);
  } catch (error) {
    if (hasSqlDetails(error)) refuse(error.message, error.sqlDetails?.cursorPosition ?? 0);
    throw error;
  }
}

/** @returns null when the text cannot be split into tokens; the parser then reports why. */
function tokensOf(sql: string): ScanToken[] | null {
  let tokens: ScanToken[];
  try {
    ({ tokens } = scanSync(sql));
  } catch {
    return null;
  }
  if (tokens.length > MAX_TOKENS) throw new WhereError(`It must not have more than ${MAX_TOKENS} tokens.`);
  return tokens;
}

function refuseEarlyEnd(tokens: readonly ScanToken[], locationOf: (byte: number) => number): void {
  let depth = 0;
  tokens.forEach((token, index) => {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (depth === 0 && token.text === ')' && index < tokens.length - 1)
      throw refusal(locationOf(token.start), 'syntax error at or near ")"');
  });
}

/** Returns the position of a node, or of its first descendant that has one. */
function byteOf(node: object): number | null {
  if ('location' in node && typeof node.location === 'number' && node.location >= 0) return node.location;
  for (const child of Object.values(node)) {
    const byte = typeof child === 'object' && child !== null ? byteOf(child) : null;
    if (byte !== null) return byte;
  }
  return null;
}
