/** Parameters of a subset snapshot: some rows of a shape, for a reader that follows only the shape's changes. */
import { z } from 'zod';
import { positionalParams } from '../protocol/positional-params.ts';
import type { RequestParameters } from '../protocol/request-parameters.ts';
import type { RequestErrors } from '../protocol/shape-definition.ts';

export interface SubsetRequest {
  readonly where: string | null;
  /** By number: `$1` is 1. */
  readonly params: ReadonlyMap<number, string>;
  readonly orderBy: string | null;
  readonly limit: number | null;
  readonly offset: number | null;
}

export type SubsetParse =
  /** Null when no subset is requested. */
  { readonly request: SubsetRequest | null } | { readonly errors: { readonly subset: RequestErrors } };

const optionalText = z
  .string('is invalid')
  .optional()
  .transform((text) => text ?? null);

function count(minimum: number, message: string) {
  return z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^-?\d+$/)
          .transform(Number),
      ],
      'is invalid',
    )
    .refine(Number.isSafeInteger, 'is invalid')
    .refine((number) => number >= minimum, message)
    .nullish()
    .transform((number) => number ?? null);
}

/** `{"1":"text","2":5}`; in a URL, the same as text. */
const params = z
  .preprocess((value, context) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.issues.push({ code: 'custom', message: 'params must be valid JSON', input: value });
      return z.NEVER;
    }
  }, positionalParams)
  .optional()
  .transform((known) => known ?? new Map<number, string>());

const subset = z
  .object({
    where: optionalText,
    params,
    order_by: optionalText,
    limit: count(1, 'must be greater than 0'),
    offset: count(0, 'must be greater than or equal to 0'),
    // The client's own syntax trees, which repeat the clauses.
    where_expr: z.unknown(),
    order_by_expr: z.unknown(),
  })
  .partial({ where_expr: true, order_by_expr: true })
  .check((context) => {
    const { value } = context;
    const issue = (path: string, message: string) =>
      context.issues.push({ code: 'custom', message, path: [path], input: value });
    if (value.where_expr !== undefined && value.where === null) issue('where', 'where is required beside where_expr');
    if (value.order_by !== null) return;
    if (value.order_by_expr !== undefined) issue('order_by', 'order_by is required beside order_by_expr');
    else if (value.limit !== null || value.offset !== null)
      issue('order_by', 'order_by is required when limit or offset is present');
  });

/** @param fields null when no subset is requested. */
export function parseSubsetRequest(fields: RequestParameters['subset']): SubsetParse {
  if (fields === null) return { request: null };
  // Without a where, params have no meaning.
  const { success, data, error } = subset.safeParse(
    fields['where'] === undefined ? { ...fields, params: undefined } : fields,
  );
  if (!success) return { errors: { subset: z.flattenError(error).fieldErrors as RequestErrors } };
  const { where, params, order_by: orderBy, limit, offset } = data;
  return { request: { where, params, orderBy, limit, offset } };
}
