/** The parsed parameters of a `/v1/shape` request. */
import { z } from 'zod';
import { parseIdentifierList, parseTableName, type TableName } from '../postgres/identifiers.ts';
import { parseOffset, type RequestedOffset } from '../wire/offset.ts';
import { positionalParams } from './positional-params.ts';
import type { RequestParameters } from './request-parameters.ts';
import type { RequestErrors, ShapeDefinitionRequest } from './shape-definition.ts';

export interface ShapeRequest extends ShapeDefinitionRequest {
  readonly table: TableName;
  readonly offset: RequestedOffset;
  /** Null at offsets that need no handle. */
  readonly handle: string | null;
  readonly live: boolean;
  /** True for live mode with server-sent events. */
  readonly sse: boolean;
  /** The previous live answer's cursor, which only lets caches distinguish two polls. */
  readonly cursor: string | null;
}

const BLANK = "can't be blank";
/** Set by any value but `false`, as in Electric; `true` and `false` may also be JSON booleans. */
const flag = z
  .unknown()
  .default('false')
  .transform((value) => value !== 'false' && value !== false);
const columnList = z.union(
  [
    parsed(parseIdentifierList, 'is not a list of column names'),
    z.array(z.string().min(1, 'Invalid zero-length identifier')).min(1, 'is invalid'),
  ],
  'is not a list of column names',
);

function parsed<Value>(parse: (text: string) => Value | null, message: string) {
  return z.string(BLANK).transform((text, context) => {
    const value = parse(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

const parameters = z
  .object({
    table: parsed(parseTableName, 'is not a table name; a name with capitals or special characters must be quoted'),
    offset: parsed(parseOffset, 'has invalid format'),
    handle: z.string('is invalid').optional(),
    live: flag,
    live_sse: flag,
    experimental_live_sse: flag,
    cursor: z.string('is invalid').optional(),
    where: z.string('is invalid').optional(),
    params: positionalParams.optional(),
    columns: columnList.optional(),
    queryable_columns: columnList.optional(),
    replica: z.enum(['default', 'full'], 'is invalid').default('default'),
    log: z.enum(['full', 'changes_only'], 'is invalid').default('full'),
  })
  .check((context) => {
    const { offset, handle, live, live_sse, experimental_live_sse } = context.value;
    const issue = (path: string, message: string) =>
      context.issues.push({ code: 'custom', message, path: [path], input: context.value });
    if ((live_sse || experimental_live_sse) && !live) issue('live_sse', "can't be true unless live is also true");
    if (offset === 'start' || offset === 'now') {
      if (live)
        issue('live', offset === 'now' ? "can't be true when offset is 'now'" : "can't be true when offset == -1");
    } else if (handle === undefined) issue('handle', "can't be blank when offset != -1");
  });

export function parseShapeRequest(
  fields: RequestParameters['shape'],
): { readonly request: ShapeRequest } | { readonly errors: RequestErrors } {
  // Without a where, params have no meaning.
  const result = parameters.safeParse(fields['where'] === undefined ? { ...fields, params: undefined } : fields);
  if (!result.success) return { errors: z.flattenError(result.error).fieldErrors as RequestErrors };
  const { table, offset, handle, live, live_sse, experimental_live_sse, cursor, where, params } = result.data;
  const { columns, queryable_columns, replica, log } = result.data;
  const atHandle = offset === 'start' || offset === 'now' ? null : (handle ?? null);
  return {
    request: {
      table,
      offset,
      handle: atHandle,
      live,
      sse: live_sse || experimental_live_sse,
      cursor: cursor ?? null,
      where: where ?? null,
      columns: columns ?? null,
      queryableColumns: queryable_columns ?? null,
      params: params ?? new Map(),
      replica,
      log,
    },
  };
}
