/**
 * What a request says of a subset snapshot: some rows of a shape, for a reader that follows the shape's changes
 * alone. In the URL as `subset__where` and so on, or as the JSON body of a POST.
 */
import { z } from 'zod';
import type { RequestErrors } from '../shape-definition.ts';

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

const PREFIX = 'subset__';
const MAX_BODY_BYTES = 1024 * 1024;

const optionalText = z
  .string('is invalid')
  .optional()
  .transform((text) => (text === undefined || text === '' ? null : text));

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
  .preprocess(
    (value, context) => {
      if (typeof value !== 'string') return value;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.issues.push({ code: 'custom', message: 'params must be valid JSON', input: value });
        return z.NEVER;
      }
    },
    z
      .record(
        z.string(),
        z.union([z.string(), z.number(), z.boolean()], 'params must be texts'),
        'params must be a JSON object',
      )
      .refine((record) => Object.keys(record).every((place) => /^[1-9]\d{0,4}$/.test(place)), {
        message: 'params are named by position: 1, 2, …',
      }),
  )
  .optional()
  .transform((record) => new Map(Object.entries(record ?? {}).map(([place, value]) => [Number(place), String(value)])));

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

/** A GET asks for a subset by any parameter of one; a POST always does. */
export async function readSubsetRequest(http: Request): Promise<SubsetParse> {
  const search = new URL(http.url).searchParams;
  const named = [...search].filter(([name]) => name.startsWith(PREFIX));
  const inUrl = Object.fromEntries(named.map(([name, value]) => [name.slice(PREFIX.length), value]));
  if (http.method !== 'POST') return named.length === 0 ? { request: null } : parseSubset(inUrl);

  const body = await readBody(http);
  if (body === null) return invalid('body', `is larger than ${MAX_BODY_BYTES} bytes`);
  let parsed: unknown;
  try {
    parsed = body === '' ? {} : JSON.parse(body);
  } catch {
    return invalid('body', 'is no valid JSON');
  }
  const object = z.record(z.string(), z.unknown()).safeParse(parsed);
  return object.success ? parseSubset({ ...inUrl, ...object.data }) : invalid('body', 'must be a JSON object');
}

function parseSubset(input: unknown): SubsetParse {
  const { success, data, error } = subset.safeParse(input);
  if (!success) return { errors: { subset: z.flattenError(error).fieldErrors as RequestErrors } };
  const { where, params, order_by: orderBy, limit, offset } = data;
  return { request: { where, params, orderBy, limit, offset } };
}

function invalid(field: string, message: string): SubsetParse {
  return { errors: { subset: { [field]: [message] } } };
}

/** @returns null when it is larger than any subset needs. */
async function readBody(http: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of http.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
