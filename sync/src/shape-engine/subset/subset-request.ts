/** The parameters of a subset snapshot: some rows of a shape, for a reader that follows the shape's changes alone. */
import { z } from 'zod';
import { positionalParams } from '../protocol/positional-params.ts';
import type { RequestParameters } from '../protocol/request-parameters.ts';
import type { RequestErrors } from '../protocol/shape-definition.ts';

export interface SubsetRequest {
  readonly where: string | null;
  /** By position: `$1` is 1. */
  readonly params: ReadonlyMap<number, string>;
  readonly orderBy: string | null;
  readonly limit: number | null;
  readonly offset: number | null;
}

export type SubsetParse =
  /** null: the request asks for no subset. */
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

/** `{"1":"text","2":5}`; as text in a URL. */
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
    // The client's own syntax trees, which say the same once more.
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

/** @param fields null: the request asks for no subset. */
export function parseSubsetRequest(fields: RequestParameters['subset']): SubsetParse {
  if (fields === null) return { request: null };
  // Without a where they say nothing.
  const { success, data, error } = subset.safeParse(
    fields['where'] === undefined ? { ...fields, params: undefined } : fields,
  );
  if (!success) return { errors: { subset: z.flattenError(error).fieldErrors as RequestErrors } };
  const { where, params, order_by: orderBy, limit, offset } = data;
  return { request: { where, params, orderBy, limit, offset } };
}
