/** Conditions that are made of columns and constants. */
import type { A_Expr, Node } from 'libpg-query';
import { parseArrayText } from './array-text.ts';
import type { Constants } from './constants.ts';
import type { Column, Expression, Operand, Operator } from './expression.ts';
import { endsInEscape, foldPattern } from './like.ts';
import { type OperandContext, type RawColumn, type RawConstant, readColumn, readOperand } from './operands.ts';
import { commonType, comparisonOf, isText, typeAmong, typeBeside } from './types.ts';
import { describe, dotted } from './unsupported.ts';
import { refusal } from './where-error.ts';

export interface ComparisonContext extends OperandContext {
  readonly constants: Constants;
}

const UNKNOWN: Expression = { kind: 'truth', value: null };
/** What an operator becomes when its sides change places. */
const MIRRORED: Readonly<Record<Operator, Operator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

const MAX_ELEMENTS = 1_000;

/** @throws WhereError */
export function readComparison(node: A_Expr, context: ComparisonContext): Expression {
  const { kind, lexpr, rexpr } = node;
  const name = dotted(node.name);
  const location = context.locationOf({ location: node.location });
  if (!lexpr || !rexpr) throw refusal(location, `operator ${name} before an operand is not supported in a where`);
  const negate = (condition: Expression): Expression => ({ kind: 'not', of: condition });
  switch (kind) {
    case 'AEXPR_OP':
      if (!(name in MIRRORED)) break;
      return compare(name as Operator, readOperand(lexpr, context), readOperand(rexpr, context), context);
    case 'AEXPR_DISTINCT':
    case 'AEXPR_NOT_DISTINCT': {
      const distinct = readDistinct(readOperand(lexpr, context), readOperand(rexpr, context), context);
      return kind === 'AEXPR_DISTINCT' ? distinct : negate(distinct);
    }
    case 'AEXPR_IN': {
      const items = 'List' in rexpr ? (rexpr.List.items ?? []) : [];
      const members = items.map((item) => constantOnly(readOperand(item, context)));
      const column = readColumn(lexpr, context);
      const membership = readMembership(column, unified(column, members), context);
      return name === '<>' ? negate(membership) : membership;
    }
    case 'AEXPR_OP_ANY':
      if (name !== '=') break;
      return readAny(readColumn(lexpr, context), constantOnly(readOperand(rexpr, context)), context);
    case 'AEXPR_BETWEEN':
    case 'AEXPR_NOT_BETWEEN': {
      const bounds = 'List' in rexpr ? (rexpr.List.items ?? []) : [];
      const of = bounds.map((bound, index) =>
        compare(index === 0 ? '>=' : '<=', readOperand(lexpr, context), readOperand(bound, context), context),
      );
      return kind === 'AEXPR_BETWEEN' ? { kind: 'and', of } : negate({ kind: 'and', of });
    }
    case 'AEXPR_LIKE':
    case 'AEXPR_ILIKE': {
      if ('FuncCall' in rexpr) throw refusal(location, 'LIKE with ESCAPE is not supported in a where');
      const pattern = constantOnly(readOperand(rexpr, context));
      const like = readLike(readColumn(lexpr, context), pattern, kind === 'AEXPR_ILIKE');
      return name.startsWith('!') ? negate(like) : like;
    }
    default:
  }
  throw refusal(location, `${describe({ A_Expr: node })} is not supported in a where`);
}

/** `IS NULL` of a column, of any type, or of a constant; null: of neither. */
export function readNullTest(node: Node, context: ComparisonContext): Expression | null {
  if ('ColumnRef' in node) return isNull(readColumn(node, context));
  if ('A_Expr' in node || 'BoolExpr' in node || 'NullTest' in node || 'BooleanTest' in node) return null;
  return { kind: 'truth', value: constantOnly(readOperand(node, context)).text === null };
}

/** A boolean column, true, false or NULL by itself. */
export function readTruth(node: Node, context: ComparisonContext): Expression {
  const location = context.locationOf(node);
  if ('ColumnRef' in node) {
    const { column, type } = readColumn(node, context);
    if (type !== 'bool') throw refusal(location, `${column.name} is of type ${column.type}, which is no condition`);
    const left = { column: column.name, type };
    return { kind: 'compare', operator: '=', left, right: { constant: 't', type: 'bool' } };
  }
  if ('A_Const' in node) {
    if (node.A_Const.isnull) return UNKNOWN;
    if (node.A_Const.boolval) return { kind: 'truth', value: node.A_Const.boolval.boolval === true };
  }
  throw refusal(location, `${describe(node)} is not supported as a condition`);
}

type Raw = RawColumn | RawConstant;

function compare(operator: Operator, left: Raw, right: Raw, context: ComparisonContext): Expression {
  // The column first, so that equal conditions are equal trees.
  if ('text' in left && 'column' in right) return compare(MIRRORED[operator], right, left, context);
  const pair = operands(left, right, context);
  if (!pair) return UNKNOWN;
  if (pair[0].type === 'enum' && operator !== '=' && operator !== '<>')
    throw refusal(right.location, `operator ${operator} is not supported for enums in a where`);
  return { kind: 'compare', operator, left: pair[0], right: pair[1] };
}

function readDistinct(left: Raw, right: Raw, context: ComparisonContext): Expression {
  if ('text' in left && 'column' in right) return readDistinct(right, left, context);
  const pair = operands(left, right, context);
  if (pair) return { kind: 'distinct', left: pair[0], right: pair[1] };
  if ('column' in left) return { kind: 'not', of: isNull(left) };
  return { kind: 'truth', value: left.text !== (right as RawConstant).text };
}

/** @returns null when one of them is NULL. */
function operands(left: Raw, right: Raw, context: ComparisonContext): [Operand, Operand] | null {
  const leftType = 'column' in left ? typeOf(left) : (left.type ?? ('text' in right ? right.type : null) ?? 'text');
  const rightType = 'column' in right ? typeOf(right) : typeBeside(leftType, right.type);
  const comparable = comparisonOf(leftType, rightType) !== null;
  // Whether two columns are of one enum is not known.
  if (!comparable || (leftType === 'enum' && 'column' in right))
    throw refusal(right.location, `${nameOf(left, leftType)} and ${nameOf(right, rightType)} cannot be compared`);
  const beside = 'column' in left ? left : null;
  const pair = [operand(left, leftType, beside, context), operand(right, rightType, beside, context)] as const;
  return pair[0] && pair[1] && [pair[0], pair[1]];
}

function operand(raw: Raw, type: string, beside: RawColumn | null, context: ComparisonContext): Operand | null {
  if ('column' in raw) return { column: raw.column.name, type };
  if (raw.isArray) throw refusal(raw.location, 'an array is not supported here, only in = ANY');
  return raw.text === null ? null : context.constants.add(raw.text, raw, type, beside);
}

function readAny(column: RawColumn, array: RawConstant, context: ComparisonContext): Expression {
  if (array.text === null) return UNKNOWN;
  const elements = parseArrayText(array.text);
  if (!elements) throw refusal(array.location, 'a text such as {1,2} is needed, an array of one dimension');
  if (elements.length > MAX_ELEMENTS)
    throw refusal(array.location, `an array of more than ${MAX_ELEMENTS} elements is not supported in a where`);
  const members = elements.map((text): RawConstant => ({ ...array, text, isArray: false }));
  return readMembership(column, members, context);
}

function readMembership(column: RawColumn, members: readonly RawConstant[], context: ComparisonContext): Expression {
  if (members.length === 0) return { kind: 'truth', value: false };
  const constants = members.flatMap((member) => {
    const pair = operands(column, member, context);
    return pair && 'constant' in pair[1] ? [pair[1]] : [];
  });
  if (constants.length === 0) return UNKNOWN;
  return { kind: 'in', column: target(column), constants, with_null: constants.length < members.length };
}

/** Members of a list have one type, while a single one is compared as with `=`. */
function unified(column: RawColumn, members: readonly RawConstant[]): readonly RawConstant[] {
  if (members.length === 1) return members;
  const types = members.flatMap(({ type }) => (type === null ? [] : [type]));
  const common = commonType(typeOf(column), types);
  return members.map((member) => ({ ...member, type: typeAmong(common, member.type) }));
}

function readLike(column: RawColumn, pattern: RawConstant, insensitive: boolean): Expression {
  const type = typeOf(column);
  if (!isText(type) || !isText(pattern.type ?? 'text'))
    throw refusal(column.location, `${nameOf(column, type)} is no text, which LIKE is for`);
  if (pattern.text === null) return UNKNOWN;
  if (endsInEscape(pattern.text)) throw refusal(pattern.location, 'LIKE pattern must not end with escape character');
  return { kind: 'like', column: target(column), ...foldPattern(pattern.text, insensitive) };
}

function isNull({ column }: RawColumn): Expression {
  return { kind: 'null', column: { column: column.name, type: column.type } };
}

function target(column: RawColumn): Column {
  return { column: column.column.name, type: typeOf(column) };
}

function typeOf({ column, type, location }: RawColumn): string {
  if (type !== null) return type;
  const name = `${column.type}${'[]'.repeat(column.dimensions)}`;
  throw refusal(location, `${column.name} is of type ${name}, which is supported only in IS NULL`);
}

function constantOnly(raw: Raw): RawConstant {
  if ('text' in raw) return raw;
  throw refusal(raw.location, `${raw.column.name} is a column, only constants are supported here`);
}

/** For messages. */
function nameOf(raw: Raw, type: string): string {
  return 'column' in raw ? `${raw.column.name} of type ${raw.column.type}` : `a constant of type ${type}`;
}
