/** Expressions as SQL without parameters, because COPY takes none. */
import { quoteIdentifier } from '../postgres/identifiers.ts';
import type { Column, Constant, Expression, Operand } from './expression.ts';
import { type Comparison, comparisonOf } from './types.ts';

/** Every name and constant is quoted here; no text of a request is used verbatim. */
export function whereSql(expression: Expression): string {
  switch (expression.kind) {
    case 'truth':
      return expression.value === null ? 'NULL::bool' : String(expression.value);
    case 'and':
    case 'or':
      return `(${expression.of.map(whereSql).join(expression.kind === 'and' ? ' AND ' : ' OR ')})`;
    case 'not':
      return `(NOT ${whereSql(expression.of)})`;
    case 'is':
      return `(${whereSql(expression.of)} IS ${expression.value === null ? 'UNKNOWN' : String(expression.value)})`;
    case 'null':
      // IS NULL of a row value would test its fields; this tests the value itself.
      return `(${quoteIdentifier(expression.column.column)} IS NOT DISTINCT FROM NULL)`;
    case 'compare':
      return pairSql(expression.left, expression.operator, expression.right);
    case 'distinct':
      return pairSql(expression.left, 'IS DISTINCT FROM', expression.right);
    case 'in':
      return membershipSql(expression);
    case 'like':
      return `(${foldedSql(expression.column, expression.fold)} COLLATE "C" LIKE ${literal(expression.pattern)}::text)`;
  }
}

function pairSql(left: Operand, operator: string, right: Operand): string {
  const comparison = comparisonOf(left.type, right.type);
  return `(${operandSql(left, comparison)} ${operator} ${operandSql(right, comparison)})`;
}

function membershipSql({ column, constants, with_null }: Extract<Expression, { kind: 'in' }>): string {
  // One list per type of constant, since a list has a single type.
  const groups = Map.groupBy(constants, ({ type }) => type);
  const lists = [...groups.values()].map((members, index) => {
    const comparison = comparisonOf(column.type, members[0]?.type ?? column.type);
    const list = members.map((member) => operandSql(member, comparison));
    if (with_null && index === 0) list.push('NULL');
    return `${operandSql(column, comparison)} IN (${list.join(', ')})`;
  });
  return `(${lists.join(' OR ')})`;
}

/** Compares texts in byte order, like the log, whatever the column's collation. */
function operandSql(operand: Operand, comparison: Comparison | null): string {
  if ('constant' in operand) return constantSql(operand);
  const name = quoteIdentifier(operand.column);
  return comparison === 'text' || comparison === 'bpchar' ? `${name}::${comparison} COLLATE "C"` : name;
}

/** An enum's name is unknown, but a bare label takes the column's type. */
function constantSql({ constant, type }: Constant): string {
  return type === 'enum' ? literal(constant) : `${literal(constant)}::${type}`;
}

function foldedSql({ column, type }: Column, fold: { from: string; to: string }): string {
  const name = quoteIdentifier(column);
  // A cast to text, which `translate` needs, would drop blanks that LIKE considers.
  if (fold.from === '') return type === 'bpchar' ? name : `${name}::text`;
  const text = type === 'bpchar' ? `(CASE WHEN ${name} IS NOT NULL THEN concat(${name}) END)` : `${name}::text`;
  return `translate(${text}, ${literal(fold.from)}, ${literal(fold.to)})`;
}

/** The E form means the same whatever `standard_conforming_strings` is. */
function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? ` E${quoted}` : quoted;
}
