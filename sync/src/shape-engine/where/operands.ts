/** Operands of a condition as written in the request: columns and constants. */
import type { A_Const, Node, TypeCast } from 'libpg-query';
import type { TableColumn } from '../postgres/table.ts';
import { isText, type LocationOf } from './syntax.ts';
import { comparableType, isBuiltIn, isNumber } from './types.ts';
import { describe, dotted } from './unsupported.ts';
import { refusal } from './where-error.ts';

export interface OperandContext {
  readonly columns: readonly TableColumn[];
  /** Texts of unknown type, by number. */
  readonly params: ReadonlyMap<number, string>;
  readonly locationOf: LocationOf;
}

export interface RawConstant {
  /** Null for NULL. */
  readonly text: string | null;
  /** Null takes the type of the other operand. */
  readonly type: string | null;
  readonly isArray: boolean;
  readonly location: number;
}

export interface RawColumn {
  readonly column: TableColumn;
  /** The type's name in an expression; null for a type that cannot be compared. */
  readonly type: string | null;
  readonly location: number;
}

/** @throws WhereError for any other node. */
export function readOperand(node: Node, context: OperandContext): RawColumn | RawConstant {
  if ('ColumnRef' in node) return readColumn(node, context);
  const location = context.locationOf(node);
  const plain = { type: null, isArray: false, location };
  if ('ParamRef' in node) {
    const number = node.ParamRef.number ?? 0;
    const text = context.params.get(number);
    if (text === undefined) throw refusal(location, `parameter $${number} was not provided`);
    if (!isText(text)) throw refusal(location, `parameter $${number} is not well-formed text`);
    return { ...plain, text };
  }
  if ('A_Const' in node) return { ...plain, ...readLiteral(node.A_Const, location) };
  if ('TypeCast' in node) return readCast(node.TypeCast, location, context);
  throw refusal(location, `${describe(node)} is not supported here, only columns and constants are compared`);
}

export function readColumn(node: Node, context: OperandContext): RawColumn {
  const location = context.locationOf(node);
  if (!('ColumnRef' in node)) throw refusal(location, `${describe(node)} is not supported here, only a column is`);
  const name = dotted(node.ColumnRef.fields);
  const column =
    node.ColumnRef.fields?.length === 1 ? context.columns.find((candidate) => candidate.name === name) : undefined;
  if (!column) throw refusal(location, `unknown reference ${name}`);
  if (column.generated) throw refusal(location, `${name} is a generated column, which is not supported in a where`);
  return { column, type: comparableType(column), location };
}

function readLiteral(literal: A_Const, location: number): { text: string | null; type: string | null } {
  if (literal.isnull) return { text: null, type: null };
  if (literal.boolval) return { text: literal.boolval.boolval ? 't' : 'f', type: 'bool' };
  if (literal.ival) return { text: String(literal.ival.ival ?? 0), type: 'int4' };
  // A number too long for int8, or not an integer, is a numeric.
  if (literal.fval) {
    const text = literal.fval.fval ?? '';
    return { text, type: /^-?\d{1,18}$/.test(text) ? 'int8' : 'numeric' };
  }
  if (literal.bsval) throw refusal(location, 'a bit string is not supported in a where');
  return { text: literal.sval?.sval ?? '', type: null };
}

function readCast(cast: TypeCast, location: number, context: OperandContext): RawConstant {
  const { arg, typeName } = cast;
  if (!arg || !('A_Const' in arg || 'ParamRef' in arg))
    throw refusal(location, 'a cast is not supported here, only constants are cast');
  const constant = readOperand(arg, context) as RawConstant;
  const type = dotted(typeName?.names).replace(/^pg_catalog\./, '');
  if (typeName?.typmods) throw refusal(location, `a cast to ${type} with a size is not supported in a where`);
  const isOwn = context.columns.some((column) => column.type === type && comparableType(column) === 'enum');
  // In a cast to bpchar, the treatment of blanks depends on the context.
  if (type === 'bpchar' || !(isBuiltIn(type) || isOwn))
    throw refusal(location, `a cast to ${type} is not supported in a where`);
  // A literal's text equals its value's text only within the same kind: 1e3::text is 1000.
  const isAlike = constant.type === null || constant.type === type || (isNumber(constant.type) && isNumber(type));
  if (!isAlike) throw refusal(location, `a cast from ${constant.type} to ${type} is not supported in a where`);
  // An enum's name adds nothing to the type of the column it is compared with.
  return { ...constant, type: isOwn ? null : type, isArray: typeName?.arrayBounds !== undefined };
}
