/** The content of a shape: its table, columns and rows. */
import { createHash } from 'node:crypto';
import { keyColumns, type Table } from '../postgres/table.ts';
import type { Canonicalise } from '../where/canonicalise.ts';
import type { Expression } from '../where/expression.ts';
import { parseWhere } from '../where/parse-where.ts';
import { WhereError } from '../where/where-error.ts';
import { rowKeyPrefix } from '../wire/messages.ts';

export interface ShapeDefinition {
  readonly table: Table;
  /** Sorted. */
  readonly columns: readonly string[];
  /** Columns that identify its rows, in the key's order. */
  readonly key: readonly string[];
  /** Common prefix of its rows' keys. */
  readonly keyPrefix: string;
  /** Null for all rows. */
  readonly where: Expression | null;
  readonly replica: 'default' | 'full';
  /** `changes_only` leaves out existing rows. */
  readonly log: 'full' | 'changes_only';
  /** Equal for equal definitions. */
  readonly identity: string;
  /** Up to eight digits of the identity's hash, with which its handles begin. */
  readonly hash: string;
}

export interface ShapeDefinitionRequest {
  /** Null for all queryable columns. */
  readonly columns: readonly string[] | null;
  /** The only columns that the shape and its subsets' conditions and orders may name; null for all. */
  readonly queryableColumns: readonly string[] | null;
  readonly where: string | null;
  readonly params: ReadonlyMap<number, string>;
  readonly replica: 'default' | 'full';
  readonly log: 'full' | 'changes_only';
}

/** Faults by request parameter. */
export interface RequestErrors {
  readonly [parameter: string]: readonly string[] | RequestErrors;
}

export type DefineResult = { readonly definition: ShapeDefinition } | { readonly errors: RequestErrors };

/** @param canonicalise resolves the where's constants through Postgres. */
export async function defineShape(
  table: Table,
  request: ShapeDefinitionRequest,
  canonicalise: Canonicalise,
): Promise<DefineResult> {
  if (table.kind !== 'r')
    return {
      errors: {
        table: [`Table "${table.schema}"."${table.name}" is ${describeKind(table.kind)}, which is not supported`],
      },
    };
  const key = keyColumns(table);

  const queryable = request.queryableColumns ?? table.columns.map((column) => column.name);
  const chosen = [...new Set(request.columns ?? queryable)].toSorted();
  const errors = queryableProblem(table, queryable, key) ?? columnsProblem(table, chosen, queryable, key);
  if (errors) return { errors };

  let where: Expression | null = null;
  try {
    if (request.where !== null)
      where = await parseWhere(request.where, { columns: table.columns, params: request.params, canonicalise });
  } catch (error) {
    if (error instanceof WhereError) return { errors: { where: [error.message] } };
    throw error;
  }

  const identity = JSON.stringify([table.oid, chosen, where, request.replica, request.log]);
  return {
    definition: {
      table,
      columns: chosen,
      key,
      keyPrefix: rowKeyPrefix(table.schema, table.name),
      where,
      replica: request.replica,
      log: request.log,
      identity,
      hash: String(createHash('sha256').update(identity).digest().readUInt32BE() % 100_000_000),
    },
  };
}

/** Describes a table's kind for messages. */
function describeKind(kind: string): string {
  const kinds: Record<string, string> = {
    system: 'a table of the system',
    unlogged: 'an unlogged table',
    temporary: 'a temporary table',
  };
  return kinds[kind] ?? 'not an ordinary table';
}

function queryableProblem(table: Table, queryable: readonly string[], key: readonly string[]): RequestErrors | null {
  const missing = key.filter((name) => !queryable.includes(name));
  const unknown = queryable.filter((name) => !table.columns.some((column) => column.name === name));
  if (missing.length > 0) {
    const list = missing.join(', ');
    return {
      queryable_columns: [`The list of queryable columns must include all primary key columns, missing: ${list}`],
    };
  }
  if (unknown.length === 0) return null;
  const list = unknown.join(', ');
  return { queryable_columns: [`The following queryable columns are not found on the table: ${list}`] };
}

function columnsProblem(
  table: Table,
  chosen: readonly string[],
  queryable: readonly string[],
  key: readonly string[],
): RequestErrors | null {
  const missing = key.filter((name) => !chosen.includes(name));
  const unknown = chosen.filter((name) => !queryable.includes(name));
  const generated = chosen.filter((name) => table.columns.some((column) => column.name === name && column.generated));
  const problem = (message: string, names: readonly string[]) => ({ columns: [`${message}: ${names.join(', ')}`] });
  if (missing.length > 0) return problem('The list of columns must include all primary key columns, missing', missing);
  if (unknown.length > 0) return problem('The following columns are not found on the table', unknown);
  if (generated.length > 0)
    return problem('The following columns are generated and cannot be included in the shape', generated);
  return null;
}
