/** For tests: a model of the server for one client, in memory and step by step. */
import type { PGlite } from '@electric-sql/pglite';
import { migrationsFor } from '@ingesthub/schema/database/migrate.ts';
import { migratePGlite } from '@ingesthub/schema/database/migrate-pglite.ts';
import { formatShapeReference, type ShapeReference, shapes } from '@ingesthub/schema/library/shapes.ts';
import type { Mutation, MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import { quickPGlite } from '@ingesthub/schema/testing/quick-pglite.ts';
import type { TextRow } from '../model/fold-changes.ts';
import { partitionOf } from '../model/replicated-tables.ts';
import type { ArrivedChange } from '../model/shape-batch.ts';
import { createPGlite } from '../open/create-pglite.ts';
import { readReplicaSql } from '../open/read-replica-sql.ts';

type Rows = ReadonlyMap<string, TextRow>;

/** Keeps every state that the shapes were ever in; the LSN is the state's number. */
export class ModelServer {
  readonly database: PGlite;
  readonly #references: readonly ShapeReference[];
  readonly #states: ReadonlyMap<string, Rows>[] = [];

  private constructor(database: PGlite, references: readonly ShapeReference[]) {
    this.database = database;
    this.#references = references;
  }

  static async create(references: readonly ShapeReference[]): Promise<ModelServer> {
    const database = await createPGlite(await quickPGlite());
    await migratePGlite(database, migrationsFor('server', (await readReplicaSql()).migrations));
    const server = new ModelServer(database, references);
    await server.change('');
    return server;
  }

  get lsn(): bigint {
    return BigInt(this.#states.length - 1);
  }

  /** Runs SQL as one transaction of another client. */
  async change(sql: string): Promise<void> {
    await this.database.exec(sql);
    await this.#notice();
  }

  /** Applies a mutation of the client; rejects it when told to, or when it cannot be applied. */
  async mutate(client: string, mutation: Mutation, refuse: boolean): Promise<void> {
    const insert = `INSERT INTO mutations (id, client, name, status, error_code) VALUES ($1, $2, $3, $4, $5)`;
    try {
      await this.database.transaction(async (tx) => {
        if (refuse) throw new Error('refused');
        await this.#apply(tx, mutation);
        await tx.query(insert, [mutation.id, client, mutation.name, 'applied', null]);
      });
    } catch {
      await this.database.query(insert, [mutation.id, client, mutation.name, 'rejected', 'forbidden']);
    }
    await this.#notice();
  }

  /** Applies another client's mutation, if it can be applied. */
  async mutateElsewhere(call: MutationCall): Promise<void> {
    await this.database.transaction((tx) => this.#apply(tx, call)).catch(() => {});
    await this.#notice();
  }

  /** Returns a shape's rows as of a position, by their keys. */
  rowsAt(reference: ShapeReference, lsn: bigint): Rows {
    return this.#states[Number(lsn)]?.get(formatShapeReference(reference)) ?? new Map();
  }

  /** Returns a shape's changes after one position, up to and including another. */
  changesBetween(reference: ShapeReference, after: bigint, upTo: bigint): ArrivedChange[] {
    const changes: ArrivedChange[] = [];
    const { key: keyColumns } = shapes[reference.name];
    for (let lsn = after + 1n; lsn <= upTo; lsn++) {
      const [before, now] = [this.rowsAt(reference, lsn - 1n), this.rowsAt(reference, lsn)];
      for (const [key, row] of before) {
        if (now.has(key)) continue;
        const value = Object.fromEntries(keyColumns.map((column) => [column, row[column] ?? null]));
        changes.push({ key, operation: 'delete', value, lsn });
      }
      for (const [key, row] of now) {
        const old = before.get(key);
        const changed = Object.entries(row).filter(([column, value]) => value !== old?.[column]);
        if (old === undefined) changes.push({ key, operation: 'insert', value: row, lsn });
        else if (changed.length > 0) {
          const keys = keyColumns.map((column) => [column, row[column] ?? null] as const);
          changes.push({ key, operation: 'update', value: Object.fromEntries([...keys, ...changed]), lsn });
        }
      }
    }
    return changes;
  }

  async #apply(database: Pick<PGlite, 'query'>, { name, args }: MutationCall): Promise<void> {
    const { text, values } = mutatorOf(name).statement(args as never, args.ids);
    await database.query(text, [...values]);
  }

  async #notice(): Promise<void> {
    const state = new Map<string, Rows>();
    for (const reference of this.#references) {
      state.set(formatShapeReference(reference), await readRows(this.database, reference));
    }
    this.#states.push(state);
  }
}

/** Reads a shape's rows from a database, as Postgres text. @param table the table to read, if not the shape's own. */
export async function readRows(
  database: Pick<PGlite, 'query'>,
  reference: ShapeReference,
  table: string = shapes[reference.name].table,
): Promise<Map<string, TextRow>> {
  const { columns, key } = shapes[reference.name];
  const partition = partitionOf(reference);
  const { rows } = await database.query<TextRow>(
    `SELECT ${columns.map((column) => `${column}::text`).join(', ')} FROM ${table}
     ${partition ? `WHERE ${partition.column} = '${partition.id}'` : ''}`,
  );
  return new Map(rows.map((row) => [key.map((column) => row[column]).join(' '), row]));
}
