/**
 * A where as plain JSON: checked against the table, every constant in the form in which the log
 * writes its type. Equal trees are equal wheres; shapes on disk keep it, so it is parsed again.
 */
import { z } from 'zod';
import { isComparable } from './types.ts';

const column = z.object({
  column: z.string(),
  /** As `pg_type` names it; `enum` for any enum. */
  type: z.string(),
});
/** The type becomes part of a statement, so it is one that is known. */
const constant = z.object({ constant: z.string(), type: z.string().refine(isComparable) });
const operand = z.union([column, constant]);

export type Column = z.infer<typeof column>;
export type Constant = z.infer<typeof constant>;
export type Operand = z.infer<typeof operand>;

export const OPERATORS = ['=', '<>', '<', '<=', '>', '>='] as const;
const operator = z.enum(OPERATORS);
export type Operator = z.infer<typeof operator>;

export const expression = z.discriminatedUnion('kind', [
  /** null is SQL's unknown. */
  z.object({ kind: z.literal('truth'), value: z.boolean().nullable() }),
  z.object({
    kind: z.enum(['and', 'or']),
    get of() {
      return z.array(expression);
    },
  }),
  z.object({
    kind: z.literal('not'),
    get of() {
      return expression;
    },
  }),
  /** `IS TRUE`, `IS FALSE`, `IS UNKNOWN`. */
  z.object({
    kind: z.literal('is'),
    value: z.boolean().nullable(),
    get of() {
      return expression;
    },
  }),
  z.object({ kind: z.literal('compare'), operator, left: operand, right: operand }),
  /** `IS DISTINCT FROM`. */
  z.object({ kind: z.literal('distinct'), left: operand, right: operand }),
  z.object({ kind: z.literal('null'), column }),
  z.object({
    kind: z.literal('in'),
    column,
    /** All of one comparison with the column. */
    constants: z.array(constant).min(1),
    /** Whether NULL is among them: then what is not in is unknown. */
    with_null: z.boolean(),
  }),
  z.object({
    kind: z.literal('like'),
    column,
    /** With `%`, `_` and `\`; folded. */
    pattern: z.string(),
    /** Characters that count as others: the n-th of `from` as the n-th of `to`. For ILIKE, those that the pattern can meet. */
    fold: z.object({ from: z.string(), to: z.string() }),
  }),
]);
export type Expression = z.infer<typeof expression>;
