/**
 * A where as plain JSON, checked against the table, with every constant in the log's form of its type. Equal trees mean
 * equal wheres. Shapes store it on disk, so it is parsed again later.
 */
import { z } from 'zod';
import { isComparable } from './types.ts';

const column = z.object({
  column: z.string(),
  /** Name in `pg_type`; `enum` for any enum. */
  type: z.string(),
});
/** The type becomes part of a statement, so it must be a known type. */
const constant = z.object({ constant: z.string(), type: z.string().refine(isComparable) });
const operand = z.union([column, constant]);

export type Column = z.infer<typeof column>;
export type Constant = z.infer<typeof constant>;
export type Operand = z.infer<typeof operand>;

export const OPERATORS = ['=', '<>', '<', '<=', '>', '>='] as const;
const operator = z.enum(OPERATORS);
export type Operator = z.infer<typeof operator>;

export const expression = z.discriminatedUnion('kind', [
  /** Null is SQL's unknown. */
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
    /** All use the same kind of comparison with the column. */
    constants: z.array(constant).min(1),
    /** True if the list contains NULL: then a value not found is unknown. */
    with_null: z.boolean(),
  }),
  z.object({
    kind: z.literal('like'),
    column,
    /** Contains `%`, `_` and `\`; folded. */
    pattern: z.string(),
    /** Characters to be folded: the n-th of `from` becomes the n-th of `to`. ILIKE lists those that the pattern can match. */
    fold: z.object({ from: z.string(), to: z.string() }),
  }),
]);
export type Expression = z.infer<typeof expression>;
