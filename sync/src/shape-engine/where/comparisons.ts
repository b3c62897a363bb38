/** Comparisons as the parser represents them, and the other conditions. */
import type { A_Expr, Node } from 'libpg-query';
import { any, type ComparisonContext, compare, distinct, isNull, like, listed } from './conditions.ts';
import { type Expression, OPERATORS, type Operator } from './expression.ts';
import { type RawConstant, readColumn, readOperand } from './operands.ts';
import { describe, dotted } from './unsupported.ts';
import { refusal } from './where-error.ts';

/** @throws WhereError */
export function readComparison(node: A_Expr, context: ComparisonContext): Expression {
  const { kind, lexpr, rexpr } = node;
  const name = dotted(node.name);
  const location = context.locationOf({ location: node.location });
  if (!lexpr || !rexpr) throw refusal(location, `operator ${name} before an operand is not supported in a where`);
  const negate = (condition: Expression): Expression => ({ kind: 'not', of: condition });
  switch (kind) {
    case 'AEXPR_OP':
      if (!isOperator(name)) break;
      return compare(name, readOperand(lexpr, context), readOperand(rexpr, context), context);
    case 'AEXPR_DISTINCT':
    case 'AEXPR_NOT_DISTINCT': {
      const differs = distinct(readOperand(lexpr, context), readOperand(rexpr, context), context);
      return kind === 'AEXPR_DISTINCT' ? differs : negate(differs);
    }
    case 'AEXPR_IN': {
      const members = itemsOf(rexpr).map((item) => readConstant(item, context));
      const membership = listed(readColumn(lexpr, context), members, context);
      return name === '<>' ? negate(membership) : membership;
    }
    case 'AEXPR_OP_ANY':
      if (name !== '=') break;
      return any(readColumn(lexpr, context), readConstant(rexpr, context), context);
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN': {
      const of = itemsOf(rexpr).map((bound, index) =>
        compare(index === 0 ? '>=' : '<=', readOperand(lexpr, context), readOperand(bound, context), context),
      );
      return kind === 'AEXPR_BETWEEN' ? { kind: 'and', of } : negate({ kind: 'and', of });
    }
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE': {
      if ('FuncCall' in rexpr) throw refusal(location, 'LIKE with ESCAPE is not supported in a where');
      const alike = like(readColumn(lexpr, context), readConstant(rexpr, context), kind === 'AEXPR_ILIKE');
      return name.startsWith('!') ? negate(alike) : alike;
    }
    default:
  }
  throw refusal(location, `${describe({ A_Expr: node })} is not supported in a where`);
}

/** Reads `IS NULL` of a column of any type or of a constant; null for any other operand. */
export function readNullTest(node: Node, context: ComparisonContext): Expression | null {
  if ('ColumnRef' in node) return isNull(readColumn(node, context));
  if ('A_Expr' in node || 'BoolExpr' in node || 'NullTest' in node || 'BooleanTest' in node) return null;
  return { kind: 'truth', value: readConstant(node, context).text === null };
}

/** Reads a condition that is a boolean column, true, false or NULL. */
export function readTruth(node: Node, context: ComparisonContext): Expression {
  const location = context.locationOf(node);
  if ('ColumnRef' in node) {
    const { column, type } = readColumn(node, context);
    if (type !== 'bool')
      throw refusal(location, `${column.name} is of type ${column.type}, but a condition must be boolean`);
    const left = { column: column.name, type };
    return { kind: 'compare', operator: '=', left, right: { constant: 't', type: 'bool' } };
  }
  if ('A_Const' in node) {
    if (node.A_Const.isnull) return { kind: 'truth', value: null };
    if (node.A_Const.boolval) return { kind: 'truth', value: node.A_Const.boolval.boolval === true };
  }
  throw refusal(location, `${describe(node)} is not supported as a condition`);
}

function isOperator(name: string): name is Operator {
  return (OPERATORS as readonly string[]).includes(name);
}

function itemsOf(list: Node): readonly Node[] {
  return 'List' in list ? (list.List.items ?? []) : [];
}

function readConstant(node: Node, context: ComparisonContext): RawConstant {
  const raw = readOperand(node, context);
  if ('text' in raw) return raw;
  throw refusal(raw.location, `${raw.column.name} is a column, only constants are supported here`);
}
