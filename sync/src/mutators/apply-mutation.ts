/** Applies one mutation of one client to central Postgres, once. */
import type { ErrorCode, WireError } from '@ingesthub/schema/errors.ts';
import { isMutationName, type Mutation, type MutationResult, mutationArgs } from '@ingesthub/schema/mutations.ts';
import { mutatorStatement } from '@ingesthub/schema/mutators.ts';
import type { JSONValue, Sql, TransactionSql } from 'postgres';
import postgres from 'postgres';
import { z } from 'zod';

export interface SentMutation {
  readonly id: string;
  readonly name: string;
  readonly args?: unknown;
}

export interface MutationContext {
  readonly sql: Sql;
  readonly client: string;
  readonly actor: string;
}

/** Ends the transaction and becomes the client's answer. */
class Rejection extends Error {
  readonly wire: WireError;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.wire = { code, message };
  }
}

/** Postgres' own advice for these is to run the transaction again. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 5;

/**
 * Applies the mutation and writes its row in one transaction; a refusal is written too, so that the
 * same id gets the same answer whenever it is asked again.
 *
 * @throws when Postgres does not do its part: nothing is settled then, and the client asks again.
 */
export async function applyMutation(context: MutationContext, sent: SentMutation): Promise<MutationResult> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.sql.begin((tx) => applyIn(tx, context, sent));
    } catch (error) {
      if (error instanceof Rejection) return reject(context, sent, error.wire);
      const retryable = error instanceof postgres.PostgresError && RETRYABLE.has(error.code);
      if (!retryable || attempt === ATTEMPTS) throw error;
    }
  }
}

async function applyIn(tx: TransactionSql, context: MutationContext, sent: SentMutation): Promise<MutationResult> {
  // First, so that the same id on another connection waits here and then finds our answer.
  const claimed = await insertRow(tx, context, sent, null);
  if (!claimed) return storedAnswer(tx, context, sent);

  const mutation = parse(sent);
  await tx`SELECT set_config('ihub.actor', ${context.actor}, true)`;
  // Locked in one order, so that two bulk mutations of the same assets never wait for each other.
  const found = await tx`SELECT id FROM assets WHERE id = ANY (${mutation.args.ids}::uuid[]) ORDER BY id FOR UPDATE`;
  if (found.length === 0) throw new Rejection('not_found', 'None of these assets exist any more.');
  const { text, values } = mutatorStatement(mutation);
  await tx.unsafe(text, values as never[]);
  return { id: sent.id, status: 'applied' };
}

function parse(sent: SentMutation): Mutation {
  if (!isMutationName(sent.name)) throw new Rejection('unknown_mutation', `There is no mutation “${sent.name}”.`);
  const args = mutationArgs[sent.name].safeParse(sent.args);
  if (!args.success) throw new Rejection('invalid_arguments', z.prettifyError(args.error));
  return { id: sent.id, name: sent.name, args: args.data } as Mutation;
}

async function reject(context: MutationContext, sent: SentMutation, error: WireError): Promise<MutationResult> {
  return context.sql.begin(async (tx) => {
    const claimed = await insertRow(tx, context, sent, error);
    return claimed ? { id: sent.id, status: 'rejected', error } : storedAnswer(tx, context, sent);
  });
}

async function insertRow(
  tx: TransactionSql,
  context: MutationContext,
  sent: SentMutation,
  error: WireError | null,
): Promise<boolean> {
  const args = sent.args === undefined ? null : tx.json(sent.args as JSONValue);
  const rows = await tx`
    INSERT INTO mutations (id, client, name, args, actor, status, error_code, error_message)
    VALUES (${sent.id}, ${context.client}, ${sent.name}, ${args}, ${context.actor},
      ${error ? 'rejected' : 'applied'}, ${error?.code ?? null}, ${error?.message ?? null})
    ON CONFLICT (id) DO NOTHING
    RETURNING id`;
  return rows.length === 1;
}

async function storedAnswer(tx: TransactionSql, context: MutationContext, sent: SentMutation): Promise<MutationResult> {
  const [row] = await tx<
    { client: string; status: string; error_code: ErrorCode | null; error_message: string | null }[]
  >`
    SELECT client, status, error_code, error_message FROM mutations WHERE id = ${sent.id}`;
  if (row === undefined || row.client !== context.client) {
    const error: WireError = { code: 'conflict', message: 'This mutation’s id belongs to another client.' };
    return { id: sent.id, status: 'rejected', error };
  }
  if (row.error_code === null) return { id: sent.id, status: 'applied' };
  return { id: sent.id, status: 'rejected', error: { code: row.error_code, message: row.error_message ?? '' } };
}
