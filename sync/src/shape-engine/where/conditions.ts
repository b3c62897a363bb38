/** Conditions over checked operands. All functions throw WhereError for operands that cannot be compared. */
import { parseArrayText } from './array-text.ts';
import type { Constants } from './constants.ts';
import type { Column, Expression, Operand, Operator } from './expression.ts';
import { endsInEscape, foldPattern, LONGEST_PATTERN } from './like.ts';
import type { OperandContext, RawColumn, RawConstant } from './operands.ts';
import { commonType, comparisonOf, isText, typeAmong, typeBeside } from './types.ts';
import { refusal } from './where-error.ts';

export interface ComparisonContext extends OperandContext {
  readonly constants: Constants;
}

const UNKNOWN: Expression = { kind: 'truth', value: null };
/** The operator to use when both sides are swapped. */
const MIRRORED: Readonly<Record<Operator, Operator>> = {
  '=': '=',
  '<>': '<>',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Enough for every join of a page; each element costs some hundred bytes while the shape lives. */
const MAX_ELEMENTS = 100_000;
const NO_ARRAY = 'an array is not supported here, only in = ANY';

type Raw = RawColumn | RawConstant;

export function compare(operator: Operator, left: Raw, right: Raw, context: ComparisonContext): Expression {
  // The column comes first, so that equal conditions produce equal trees.
  if ('text' in left && 'column' in right) return compare(MIRRORED[operator], right, left, context);
  const pair = operands(left, right, context);
  if (!pair) return UNKNOWN;
  if (pair[0].type === 'enum' && operator !== '=' && operator !== '<>')
    throw refusal(right.location, `operator ${operator} is not supported for enums in a where`);
  return { kind: 'compare', operator, left: pair[0], right: pair[1] };
}

/** `IS DISTINCT FROM`. */
export function distinct(left: Raw, right: Raw, context: ComparisonContext): Expression {
  if ('text' in left && 'column' in right) return distinct(right, left, context);
  const pair = operands(left, right, context);
  if (pair) return { kind: 'distinct', left: pair[0], right: pair[1] };
  if ('column' in left) return { kind: 'not', of: isNull(left) };
  return { kind: 'truth', value: left.text !== (right as RawConstant).text };
}

/** @returns null when either operand is NULL. */
function operands(left: Raw, right: Raw, context: ComparisonContext): [Operand, Operand] | null {
  const leftType = 'column' in left ? typeOf(left) : (left.type ?? ('text' in right ? right.type : null) ?? 'text');
  const rightType = 'column' in right ? typeOf(right) : typeBeside(leftType, right.type);
  const comparable = comparisonOf(leftType, rightType) !== null;
  // It is unknown whether two columns share an enum type.
  if (!comparable || (leftType === 'enum' && 'column' in right))
    throw refusal(right.location, `${nameOf(left, leftType)} and ${nameOf(right, rightType)} cannot be compared`);
  const beside = 'column' in left ? left : null;
  const pair = [operand(left, leftType, beside, context), operand(right, rightType, beside, context)] as const;
  return pair[0] && pair[1] && [pair[0], pair[1]];
}

function operand(raw: Raw, type: string, beside: RawColumn | null, context: ComparisonContext): Operand | null {
  if ('column' in raw) return { column: raw.column.name, type };
  if (raw.isArray) throw refusal(raw.location, NO_ARRAY);
  return raw.text === null ? null : context.constants.add(raw.text, raw, type, beside);
}

/** Reads `= ANY` with an array's text. */
export function any(column: RawColumn, array: RawConstant, context: ComparisonContext): Expression {
  if (array.text === null) return UNKNOWN;
  const elements = parseArrayText(array.text);
  if (!elements) throw refusal(array.location, 'a one-dimensional array such as {1,2} is needed');
  if (elements.length > MAX_ELEMENTS)
    throw refusal(array.location, `an array in a where has at most ${MAX_ELEMENTS} elements`);
  const members = elements.map((text): RawConstant => ({ ...array, text, isArray: false }));
  return membership(column, members, context);
}

/** Reads `IN`, whose members share a type; a single member is compared as with `=`. */
export function listed(column: RawColumn, members: readonly RawConstant[], context: ComparisonContext): Expression {
  if (members.length === 1) return membership(column, members, context);
  const types = members.flatMap(({ type }) => (type === null ? [] : [type]));
  const common = commonType(typeOf(column), types);
  const unified = members.map((member) => ({ ...member, type: typeAmong(common, member.type) }));
  return membership(column, unified, context);
}

function membership(column: RawColumn, members: readonly RawConstant[], context: ComparisonContext): Expression {
  if (members.length === 0) return { kind: 'truth', value: false };
  const constants = members.flatMap((member) => {
    const pair = operands(column, member, context);
    return pair && 'constant' in pair[1] ? [pair[1]] : [];
  });
  if (constants.length === 0) return UNKNOWN;
  return { kind: 'in', column: target(column), constants, with_null: constants.length < members.length };
}

export function like(column: RawColumn, pattern: RawConstant, insensitive: boolean): Expression {
  const type = typeOf(column);
  if (!isText(type) || !isText(pattern.type ?? 'text'))
    throw refusal(column.location, `LIKE needs a text, not ${nameOf(column, type)}`);
  if (pattern.isArray) throw refusal(pattern.location, NO_ARRAY);
  if (pattern.text === null) return UNKNOWN;
  if (endsInEscape(pattern.text)) throw refusal(pattern.location, 'LIKE pattern must not end with escape character');
  if (pattern.text.length > LONGEST_PATTERN)
    throw refusal(pattern.location, `a LIKE pattern has at most ${LONGEST_PATTERN} characters`);
  return { kind: 'like', column: target(column), ...foldPattern(pattern.text, insensitive) };
}

/** Applies to a column of any type. */
export function isNull({ column }: RawColumn): Expression {
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

/** Names an operand in messages. */
function nameOf(raw: Raw, type: string): string {
  return 'column' in raw ? `${raw.column.name} of type ${raw.column.type}` : `a constant of type ${type}`;
}
