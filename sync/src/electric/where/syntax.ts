/** SQL text of a request as the tree that Postgres' own parser makes of it. */
import {
  hasSqlDetails,
  loadModule,
  type Node,
  type ParseResult,
  parseSync,
  type ScanToken,
  type SelectStmt,
  scanSync,
} from 'libpg-query';
import { refusal, WhereError } from './where-error.ts';

await loadModule();

const MAX_CHARACTERS = 10_000;
/** The parser recurses once a token at most, and overflows its stack, for good, above 5,000. */
const MAX_TOKENS = 2_000;

export interface Syntax {
  readonly select: SelectStmt;
  /** Characters before the node in the request's text. */
  locationOf(node: object): number;
}

/**
 * Parses `SELECT <clause> (<text>)`, or without the parentheses: with them nothing but one expression
 * passes for it.
 *
 * @throws WhereError
 */
export function parseClause(clause: 'WHERE' | 'ORDER BY', text: string): Syntax {
  if (text.length > MAX_CHARACTERS) throw new WhereError(`It must not be longer than ${MAX_CHARACTERS} characters.`);
  if (!isText(text)) throw new WhereError('It must be well-formed text without a NUL character.');
  const [before, after] = clause === 'WHERE' ? ['SELECT WHERE (', '\n)'] : ['SELECT ORDER BY ', '\n'];
  const sql = `${before}${text}${after}`;
  const bytes = Buffer.from(sql);
  const locationAt = (byte: number) => Math.max(0, [...bytes.subarray(0, byte).toString()].length - before.length);
  const tokens = tokensOf(sql);
  if (clause === 'WHERE' && tokens) refuseEarlyEnd(tokens, locationAt);
  const { stmts } = parsed(sql, (message, character) => {
    const location = Math.max(0, character - before.length);
    if (location >= [...text].length) throw refusal(location, 'syntax error at end of input');
    throw refusal(location, message.replace(`${after}"`, '"'));
  });
  const statement = stmts?.[0]?.stmt;
  if (!tokens || stmts?.length !== 1 || !statement || !('SelectStmt' in statement))
    throw new WhereError('It must be one expression.');
  return { select: statement.SelectStmt, locationOf: (node) => locationAt(byteOf(node) ?? 0) };
}

/** Whether Postgres can have such a text. */
export function isText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

/** The only key of a node is its kind. */
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

/** @returns null when it cannot be told into tokens: then the parser says why. */
function tokensOf(sql: string): ScanToken[] | null {
  let tokens: ScanToken[];
  try {
    ({ tokens } = scanSync(sql));
  } catch {
    return null;
  }
  if (tokens.length > MAX_TOKENS) throw new WhereError(`It must not have more than ${MAX_TOKENS} words and signs.`);
  return tokens;
}

/** A parenthesis that closes ours would let more than an expression follow. */
function refuseEarlyEnd(tokens: readonly ScanToken[], locationAt: (byte: number) => number): void {
  let depth = 0;
  tokens.forEach((token, index) => {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (depth === 0 && token.text === ')' && index < tokens.length - 1)
      throw refusal(locationAt(token.start), 'syntax error at or near ")"');
  });
}

/** Of the node, or of the first of those in it that has one. */
function byteOf(node: object): number | null {
  if ('location' in node && typeof node.location === 'number' && node.location >= 0) return node.location;
  for (const child of Object.values(node)) {
    const byte = typeof child === 'object' && child !== null ? byteOf(child) : null;
    if (byte !== null) return byte;
  }
  return null;
}
