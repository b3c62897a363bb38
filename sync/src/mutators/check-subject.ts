/** A subject belongs to one project and fits only rows of that project. */
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import type { TransactionSql } from 'postgres';

/** @returns false when the mutation names a subject that does not exist or that belongs to another project than one of its rows. */
export async function subjectFits(tx: TransactionSql, mutation: Mutation): Promise<boolean> {
  const { name, args } = mutation;
  const set = 'set' in args ? args.set : args;
  const subjectId = 'subject_id' in set ? (set.subject_id ?? null) : null;
  if (subjectId === null) return true;
  const [subject] = await tx<{ project_id: string }[]>`SELECT project_id FROM subjects WHERE id = ${subjectId}`;
  if (subject === undefined) return false;
  if (name === 'packages.create') return args.set.project_id.toLowerCase() === subject.project_id;
  const { count } = await tx`
    SELECT FROM ${tx(mutatorOf(name).table)}
    WHERE id = ANY (${args.ids}::uuid[]) AND project_id <> ${subject.project_id} LIMIT 1`;
  return count === 0;
}
