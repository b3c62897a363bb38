/** Names of constructs that a where must not contain. */
import type { Node } from 'libpg-query';
import { kindOf } from './syntax.ts';

const NAMES: Readonly<Record<string, string>> = {
  SubLink: 'a subquery',
  CaseExpr: 'CASE',
  CoalesceExpr: 'COALESCE',
  MinMaxExpr: 'GREATEST or LEAST',
  A_ArrayExpr: 'ARRAY[]',
  RowExpr: 'a row',
  CollateClause: 'COLLATE',
  A_Indirection: 'a subscript or a field',
  BoolExpr: 'a condition',
  NullTest: 'a condition',
  BooleanTest: 'a condition',
  A_Const: 'a constant',
  ParamRef: 'a parameter',
  TypeCast: 'a cast',
};

const OPERATOR_NAMES: Readonly<Record<string, string>> = {
  AEXPR_SIMILAR: 'SIMILAR TO',
  AEXPR_BETWEEN_SYM: 'BETWEEN SYMMETRIC',
  AEXPR_NOT_BETWEEN_SYM: 'NOT BETWEEN SYMMETRIC',
  AEXPR_OP_ANY: 'ANY other than = ANY',
  AEXPR_OP_ALL: 'ALL',
  AEXPR_NULLIF: 'NULLIF',
};

/** `function now()`, `operator +`, `a subquery`. */
export function describe(node: Node): string {
  if ('FuncCall' in node) return `function ${dotted(node.FuncCall.funcname)}()`;
  if ('A_Expr' in node) return OPERATOR_NAMES[node.A_Expr.kind ?? ''] ?? `operator ${dotted(node.A_Expr.name)}`;
  if ('SQLValueFunction' in node) return (node.SQLValueFunction.op ?? '').replace(/^SVFOP_|_N$/g, '');
  const [kind] = kindOf(node);
  return NAMES[kind] ?? kind;
}

/** Joins the parts of a qualified name. */
export function dotted(names: readonly Node[] | undefined): string {
  return (names ?? []).map((name) => ('String' in name ? (name.String.sval ?? '') : '*')).join('.');
}
