/** Keeps the journal of unsent changes in step with the outbox. */
import type { Writer } from '../replica/writer.ts';
import type { UnsentJournal } from './unsent-journal.ts';

/**
 * @param onProblem told when the journal cannot be written: the changes are safe in the database all the same.
 * @returns what is to be called after each commit, before anybody is told that it is safe.
 */
export function keepJournal(
  journal: UnsentJournal,
  client: string,
  writer: Pick<Writer, 'pending'>,
  onProblem: (error: unknown) => void,
): () => void {
  let written = new Set<string>();

  function begin(): void {
    const found = journal.changes;
    const ids = writer.pending.map(({ mutation }) => mutation.id);
    written = new Set(ids);
    const same = found?.client === client && found.mutations.map(({ id }) => id).join() === ids.join();
    if (!same) journal.replace({ client, mutations: writer.pending.map(line), remains: found?.remains ?? null });
  }

  function update(): void {
    const { pending } = writer;
    const ids = new Set(pending.map(({ mutation }) => mutation.id));
    const queued = pending.filter(({ mutation }) => !written.has(mutation.id));
    const settled = [...written].filter((id) => !ids.has(id));
    if (queued.length > 0) journal.add(queued.map(line));
    if (settled.length > 0) journal.settle(settled);
    written = ids;
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

function line({ mutation: { id, name, args }, shapes }: Writer['pending'][number]) {
  return { id, name, args, shapes: [...shapes] };
}
