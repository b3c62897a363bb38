import { userInfo } from 'node:os';
import type { MutationCall } from '@ingesthub/schema/mutations.ts';
import { unpackIds } from '@ingesthub/schema/mutators/mutator.ts';
import { mutatorOf } from '@ingesthub/schema/mutators/mutators.ts';
import { type Sql, type TransactionSql, transaction } from '../sql/client.ts';

/** Runs `work` in one transaction; the library's history says that who called `ihub` did it. */
export function asPerson<T>(sql: Sql, work: (session: TransactionSql) => Promise<T>): Promise<T> {
  return transaction(sql, async (session) => {
    await session`SELECT set_config('ihub.actor', ${personName()}, true)`;
    return work(session);
  });
}

/** Does what a browser's mutation does. @returns the ids of the rows that it changed. */
export async function mutate(session: TransactionSql, call: MutationCall): Promise<string[]> {
  const { text, values } = mutatorOf(call.name).statement(call.args, call.args.ids);
  const changes = await session.unsafe<{ ids: string }[]>(text, values as never[]);
  return changes.flatMap(({ ids }) => unpackIds(ids));
}

/** An account without a name is one of a container. */
function personName(): string {
  try {
    return userInfo().username || 'ihub';
  } catch {
    return 'ihub';
  }
}
