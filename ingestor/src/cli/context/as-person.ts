import { userInfo } from 'node:os';
import type { MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { unpackIds } from '@ingesthub/schema/mutations/mutator.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import { type Sql, type TransactionSql, transaction } from '../../sql/client.ts';

/** Runs `work` in one transaction; the library's history attributes it to the person who called `ihub`. */
export function asPerson<T>(sql: Sql, work: (session: TransactionSql) => Promise<T>): Promise<T> {
  return transaction(sql, async (session) => {
    await session`SELECT set_config('ihub.actor', ${personName()}, true)`;
    return work(session);
  });
}

/** Runs a browser's mutation. @returns the ids of the rows that it changed. */
export async function mutate(session: TransactionSql, call: MutationCall): Promise<string[]> {
  const { text, values } = mutatorOf(call.name).statement(call.args, call.args.ids);
  const changes = await session.unsafe<{ ids: string }[]>(text, values as never[]);
  return changes.flatMap(({ ids }) => unpackIds(ids));
}

/** Returns the login name; a container's account may have none. */
function personName(): string {
  try {
    return userInfo().username || 'ihub';
  } catch {
    return 'ihub';
  }
}
