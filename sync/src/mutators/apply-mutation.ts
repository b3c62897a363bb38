/** Applies one client's mutation to central Postgres exactly once. */

import { MUTATION_DAYS, type Mutation, type MutationResult } from '@ingesthub/schema/mutations/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import type { ErrorCode, WireError } from '@ingesthub/schema/values/errors.ts';
import { uuidTime } from '@ingesthub/schema/values/uuid-time.ts';
import type { JSONValue, Sql, TransactionSql } from 'postgres';
import postgres from 'postgres';
import { shortened } from '../http/describe-issues.ts';
import type { CheckedMutation } from './check-request.ts';
import { unreadFolder } from './check-run-folder.ts';
import { subjectFits } from './check-subject.ts';
import { followMerged } from './follow-merged.ts';
import { lockRows } from './lock-rows.ts';
import { finalRefusal, idTaken, noReader, noSuchSubject, nothingFound, Refusal, refusalOf } from './refusal.ts';

interface SentMutation {
  readonly id: string;
  readonly name: string;
  readonly args?: unknown;
}

export interface MutationContext {
  readonly sql: Sql;
  readonly client: string;
  readonly actor: string;
}

/** Errors after which Postgres itself advises running the transaction again. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 5;
const DAY_MS = 24 * 3600 * 1000;

/**
 * Applies the mutation and writes its row in one transaction. A rejection is written too, so that the same id always
 * gets the same answer.
 *
 * @throws when Postgres fails: nothing is settled then, and the client sends the mutation again.
 */
export async function applyMutation(context: MutationContext, mutation: CheckedMutation): Promise<MutationResult> {
  const { id, name } = mutation;
  if (isForgotten(id)) return answerFromThePast(context, mutation);
  // The arguments of an unreadable mutation are not stored: Postgres may not accept them.
  if ('refused' in mutation) return reject(context, { id, name }, mutation.refused);
  for (let attempt = 1; ; attempt++) {
    try {
      return await context.sql.begin((tx) => applyIn(tx, context, mutation));
    } catch (error) {
      if (error instanceof Refusal) return reject(context, mutation, error.wire);
      if (!(error instanceof postgres.PostgresError)) throw error;
      const refusal = finalRefusal(error);
      if (refusal !== null) return reject(context, { id, name }, refusal.wire);
      if (!RETRYABLE.has(error.code) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function applyIn(tx: TransactionSql, context: MutationContext, mutation: Mutation): Promise<MutationResult> {
  // One round trip for all. The row is inserted first, so that the same id on another connection waits there and then
  // finds this answer.
  const [claimed, , named] = await Promise.all([
    insertRow(tx, context, mutation, null),
    tx`SELECT set_config('ihub.actor', ${context.actor}, true)`,
    lockNamed(tx, mutation),
  ]);
  if (!claimed) return answerOf(await storedRow(tx, mutation), context, mutation);
  if (named === null) throw nothingFound(mutation);
  const { args } = named;
  if (!(await subjectFits(tx, { ...mutation, args } as Mutation))) throw noSuchSubject();
  const unread = await unreadFolder(tx, mutation);
  if (unread !== null) throw noReader(unread);
  const mutator = mutatorOf(mutation.name);
  const { text, values } = mutator.statement(args, args.ids);
  const changes = await tx.unsafe(text, values as never[]).catch((error: unknown) => {
    throw refusalOf(error, mutation);
  });
  if (mutator.creates && changes.length === 0) throw idTaken(mutation);
  return { id: mutation.id, status: 'applied' };
}

/**
 * Locks the rows that a mutation names, or the rows that they were merged into.
 *
 * @returns the mutation for the rows that exist; null when none exists.
 */
async function lockNamed(tx: TransactionSql, mutation: Mutation): Promise<Mutation | null> {
  // Sent together and run in this order.
  const [isFound, followed] = await Promise.all([lockRows(tx, mutation), followMerged(tx, mutation)]);
  if (followed !== mutation) return lockNamed(tx, followed);
  return isFound ? mutation : null;
}

async function reject(context: MutationContext, sent: SentMutation, refused: WireError): Promise<MutationResult> {
  const error = { ...refused, message: shortened(withoutNul(refused.message)) };
  return context.sql.begin(async (tx) => {
    const claimed = await insertRow(tx, context, sent, error);
    if (claimed) return { id: sent.id, status: 'rejected', error };
    return answerOf(await storedRow(tx, sent), context, sent);
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

interface StoredRow {
  readonly client: string;
  readonly error_code: ErrorCode | null;
  readonly error_message: string | null;
}

async function storedRow(sql: Sql | TransactionSql, { id }: SentMutation): Promise<StoredRow | undefined> {
  const [row] = await sql<StoredRow[]>`SELECT client, error_code, error_message FROM mutations WHERE id = ${id}`;
  return row;
}

function answerOf(row: StoredRow | undefined, context: MutationContext, { id }: SentMutation): MutationResult {
  if (row === undefined || row.client !== context.client) {
    const error: WireError = { code: 'conflict', message: 'Another client has already used this mutation’s id.' };
    return { id, status: 'rejected', error };
  }
  if (row.error_code === null) return { id, status: 'applied' };
  return { id, status: 'rejected', error: { code: row.error_code, message: row.error_message ?? '' } };
}

/** True if the row of a mutation with this id may have been purged; ids without a time are treated as new. */
function isForgotten(id: string): boolean {
  const time = uuidTime(id);
  return time !== null && Date.now() - time.getTime() > MUTATION_DAYS * DAY_MS;
}

/** Answers a mutation that may have been applied and forgotten: applying it again could undo later work of others. */
async function answerFromThePast(context: MutationContext, sent: SentMutation): Promise<MutationResult> {
  const row = await storedRow(context.sql, sent);
  if (row !== undefined) return answerOf(row, context, sent);
  const message = `By this device’s clock, this change was made more than ${MUTATION_DAYS} days ago, and the server no longer knows whether it was applied. Check whether the change is there. If not, correct the clock and make the change again.`;
  return { id: sent.id, status: 'rejected', error: { code: 'too_old', message } };
}

/** Removes NUL, the one character that Postgres cannot store in a text. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '');
}
