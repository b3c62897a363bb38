/** Parses the where of a request with Postgres' own parser, and checks it against the table. */
import type { BoolExpr, Node } from 'libpg-query';
import type { TableColumn } from '../postgres/table.ts';
import type { Canonicalise } from './canonicalise.ts';
import { readComparison, readNullTest, readTruth } from './comparisons.ts';
import type { ComparisonContext } from './conditions.ts';
import { Constants } from './constants.ts';
import type { Expression } from './expression.ts';
import { parseExpression } from './syntax.ts';
import { refusal } from './where-error.ts';

/** Limits recursion into the tree; the token limit bounds its total size. */
const MAX_DEPTH = 100;

export interface WhereContext {
  readonly columns: readonly TableColumn[];
  /** Texts of unknown type, by number. */
  readonly params: ReadonlyMap<number, string>;
  readonly canonicalise: Canonicalise;
}

/**
 * Parses a where; equal wheres produce equal trees.
 *
 * @throws WhereError naming the invalid or unsupported part and its location.
 */
export async function parseWhere(where: string, { columns, params, canonicalise }: WhereContext): Promise<Expression> {
  const { node, locationOf } = parseExpression(where);
  const constants = new Constants();
  const expression = readCondition(node, { columns, params, locationOf, constants }, 0);
  await constants.settle(canonicalise);
  return expression;
}

function readCondition(node: Node, context: ComparisonContext, depth: number): Expression {
  if (depth > MAX_DEPTH)
    throw refusal(context.locationOf(node), `conditions are nested deeper than ${MAX_DEPTH} levels`);
  const read = (inner: Node | undefined) => readCondition(inner as Node, context, depth + 1);
  if ('BoolExpr' in node) return readLogic(node.BoolExpr, read);
  if ('A_Expr' in node) return readComparison(node.A_Expr, context);
  if ('NullTest' in node) {
    const { arg, nulltesttype } = node.NullTest;
    const test = readNullTest(arg as Node, context) ?? { kind: 'is', value: null, of: read(arg) };
    return nulltesttype === 'IS_NOT_NULL' ? { kind: 'not', of: test } : test;
  }
  if ('BooleanTest' in node) {
    const type = node.BooleanTest.booltesttype ?? '';
    const value = type.endsWith('UNKNOWN') ? null : type.endsWith('TRUE');
    const test: Expression = { kind: 'is', value, of: read(node.BooleanTest.arg) };
    return type.startsWith('IS_NOT_') ? { kind: 'not', of: test } : test;
  }
  return readTruth(node, context);
}

function readLogic({ boolop, args = [] }: BoolExpr, read: (node: Node) => Expression): Expression {
  const of = args.map(read);
  const [first] = of;
  if (boolop === 'NOT_EXPR' && first) return { kind: 'not', of: first };
  return { kind: boolop === 'OR_EXPR' ? 'or' : 'and', of };
}
