/** Keeps the journal of unsent changes in step with the outbox. */
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import type { Writer } from '../write/writer.ts';
import type { UnsentJournal } from './unsent-journal.ts';

/**
 * Brings the journal up to date now and after each commit.
 *
 * @param onProblem receives the error when the journal cannot be written; the changes are still safe in the database.
 * @returns a function to call after each commit, before the commit is announced.
 */
export function keepJournal(
  journal: UnsentJournal,
  client: string,
  writer: Pick<Writer, 'pending'>,
  onProblem: (error: unknown) => void,
): () => void {
  /** The mutations in the journal, by their ids. */
  let written = new Map<string, Mutation>();

  function replace(): void {
    journal.replace({ client, mutations: writer.pending.map(line), remains: journal.changes?.remains ?? null });
  }

  function begin(): void {
    const found = journal.changes;
    const ids = writer.pending.map(({ mutation }) => mutation.id);
    written = byId(writer.pending);
    const same = found?.client === client && found.mutations.map(({ id }) => id).join() === ids.join();
    if (!same) replace();
  }

  function update(): void {
    const { pending } = writer;
    const now = byId(pending);
    const queued = pending.filter(({ mutation }) => !written.has(mutation.id));
    const settled = [...written.keys()].filter((id) => !now.has(id));
    if (isAppended(pending)) {
      if (queued.length > 0) journal.add(queued.map(line));
      if (settled.length > 0) journal.settle(settled);
    } else replace();
    written = now;
  }

  /** Returns true when the queue has only grown at its end, and no written mutation has changed. */
  function isAppended(pending: Writer['pending']): boolean {
    const firstNew = pending.findIndex(({ mutation }) => !written.has(mutation.id));
    return pending.every(({ mutation }, index) => {
      const before = written.get(mutation.id);
      return before === undefined || (before === mutation && (firstNew < 0 || index < firstNew));
    });
  }

  function safely(write: () => void): void {
    try {
      write();
    } catch (error) {
      onProblem(error);
    }
  }

  safely(begin);
  return () => safely(update);
}

function byId(pending: Writer['pending']): Map<string, Mutation> {
  return new Map(pending.map(({ mutation }) => [mutation.id, mutation]));
}

function line({ mutation: { id, name, args }, shapes }: Writer['pending'][number]) {
  return { id, name, args, shapes: [...shapes] };
}
