/** Applies one mutation of one client to central Postgres, once. */
import type { ErrorCode, WireError } from '@ingesthub/schema/errors.ts';
import { isMutationName, type Mutation, type MutationResult, mutationArgs } from '@ingesthub/schema/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutators/mutators.ts';
import type { JSONValue, Sql, TransactionSql } from 'postgres';
import postgres from 'postgres';
import { z } from 'zod';
import { subjectFits } from './check-subject.ts';
import { lockRows } from './lock-rows.ts';
import { finalRefusal, idTaken, noSuchSubject, nothingFound, Refusal, refusalOf } from './refusal.ts';

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
  const mutation = parse(sent);
  // What is not understood is not kept: Postgres may not take it.
  if (mutation instanceof Refusal) return reject(context, { id: sent.id, name: sent.name }, mutation.wire);
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.sql.begin((tx) => applyIn(tx, context, mutation));
    } catch (error) {
      if (error instanceof Refusal) return reject(context, mutation, error.wire);
      if (!(error instanceof postgres.PostgresError)) throw error;
      const refusal = finalRefusal(error);
      if (refusal !== null) return reject(context, { id: sent.id, name: sent.name }, refusal.wire);
      if (!RETRYABLE.has(error.code) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function applyIn(tx: TransactionSql, context: MutationContext, mutation: Mutation): Promise<MutationResult> {
  // First, so that the same id on another connection waits here and then finds our answer.
  const claimed = await insertRow(tx, context, mutation, null);
  if (!claimed) return storedAnswer(tx, context, mutation);

  await tx`SELECT set_config('ihub.actor', ${context.actor}, true)`;
  if (!(await lockRows(tx, mutation))) throw nothingFound(mutation);
  if (!(await subjectFits(tx, mutation))) throw noSuchSubject();
  const mutator = mutatorOf(mutation.name);
  const { text, values } = mutator.statement(mutation.args, mutation.args.ids);
  const changes = await tx.unsafe(text, values as never[]).catch((error: unknown) => {
    throw refusalOf(error, mutation);
  });
  if (mutator.creates && changes.length === 0) throw idTaken(mutation);
  return { id: mutation.id, status: 'applied' };
}

function parse(sent: SentMutation): Mutation | Refusal {
  if (!isMutationName(sent.name)) return new Refusal('unknown_mutation', `There is no mutation “${sent.name}”.`);
  const args = mutationArgs[sent.name].safeParse(sent.args);
  if (!args.success) return new Refusal('invalid_arguments', z.prettifyError(args.error));
  return { id: sent.id, name: sent.name, args: args.data } as Mutation;
}

async function reject(context: MutationContext, sent: SentMutation, refused: WireError): Promise<MutationResult> {
  const error = { ...refused, message: withoutNul(refused.message) };
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
    VALUES (${sent.id}, ${context.client}, ${withoutNul(sent.name)}, ${args}, ${context.actor},
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

/** The one character that no text in Postgres has. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}
