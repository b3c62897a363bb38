/** Names the state of the library's tables by a random uuid, by which a copy of them can tell later whether it is still true. */
import type { Transaction } from '@electric-sql/pglite';

/** Gives the state that the transaction leaves a name that no other state ever had. @returns the name, a uuid. */
export async function moveLibraryState(tx: Pick<Transaction, 'query'>): Promise<string> {
  const state = crypto.randomUUID();
  await tx.query('UPDATE replica.identity SET library_state = $1', [state]);
  return state;
}

export async function readLibraryState(database: Pick<Transaction, 'query'>): Promise<string> {
  const { rows } = await database.query<{ state: string }>('SELECT library_state AS state FROM replica.identity');
  return rows[0]?.state ?? '';
}
