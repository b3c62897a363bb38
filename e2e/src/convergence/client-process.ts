/**
 * One client: the real replica with its database on disk, in a process that may be killed. Reports the fields
 * that its replica shows whenever they change.
 *
 * Arguments: the database's folder, the server's origin.
 */

import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';
import { createPGlite } from '@ingesthub/web/replica/open/create-pglite.ts';
import { readReplicaSql } from '@ingesthub/web/replica/open/read-replica-sql.ts';
import { startReplica } from '@ingesthub/web/replica/open/start-replica.ts';
import { createListAsker } from './ask-lists.ts';
import type { ClientCall, ClientCalls, ClientMessage, ClientRequest } from './client-messages.ts';
import { libraryState, stateSql } from './library-state.ts';

const [folder = '', server = ''] = process.argv.slice(2);
// The test process has ended, normally or not.
process.on('disconnect', () => process.exit());

const database = await createPGlite({ dataDir: folder });
await database.exec("SET timezone = 'UTC'");
const replica = await startReplica({ database, storage: 'memory', server, sql: await readReplicaSql() });
const askLists = createListAsker(replica, database);
let shown: ReadonlyMap<string, string> = new Map();
let looking: Promise<void> = Promise.resolve();
let lookQueued = false;
await look();
replica.onChange(() => {
  if (lookQueued) return;
  lookQueued = true;
  void look();
});
process.on('message', (request: ClientRequest) => void answer(request));
send({ kind: 'opened', client: replica.client });

/** Reads the fields that the replica shows, and reports those that changed. */
function look(): Promise<void> {
  looking = looking.then(async () => {
    lookQueued = false;
    const before = shown;
    shown = libraryState(await replica.query<{ field: string; value: string }>({ text: stateSql, values: [] }));
    const changed = [...shown].filter(([field, value]) => before.get(field) !== value);
    const gone = [...before.keys()].filter((field) => !shown.has(field));
    const fields = [...changed, ...gone.map((field): [string, null] => [field, null])];
    if (fields.length > 0) send({ kind: 'saw', fields });
  });
  return looking;
}

async function answer({ call, name, given }: ClientRequest): Promise<void> {
  try {
    const answered = await (calls[name] as (given: unknown) => Promise<unknown>)(given);
    send({ kind: 'answered', call, answer: answered });
  } catch (error) {
    send({ kind: 'failed', call, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function send(message: ClientMessage): void {
  process.send?.(message);
}

/** Runs work and returns the mutations that it queued. */
async function queuedBy(work: () => Promise<unknown>): Promise<Mutation[]> {
  const before = new Set((await readOutbox()).map(({ id }) => id));
  await work();
  return (await readOutbox()).filter(({ id }) => !before.has(id));
}

async function readOutbox(): Promise<Mutation[]> {
  const { rows } = await database.query<Mutation>(
    'SELECT id, name, args FROM replica.outbox WHERE error_code IS NULL ORDER BY position',
  );
  return rows;
}

const calls: { [Name in ClientCall]: (given: ClientCalls[Name]['given']) => Promise<ClientCalls[Name]['answer']> } = {
  async mutate({ mutation: { id, name, args }, step, label }) {
    await replica.mutateAs(id, name, args, { step, label });
    await look();
    return null;
  },
  undo: () => takeBack(replica.undo),
  redo: () => takeBack(replica.redo),
  async retry({ id }) {
    const made = await queuedBy(() => replica.retryRejected(id));
    await look();
    return made;
  },
  async discard({ id }) {
    await replica.discardRejected(id);
    return null;
  },
  async needMetadata({ packageId }) {
    await replica.needMetadata(packageId);
    return null;
  },
  askLists: ({ seed, questions }) => askLists(seed, questions),
  async standing() {
    const { online, phase, unsent, rejected, problem } = replica.status();
    return { online, ready: phase === 'ready', unsent, rejected: rejected.map(({ id }) => id), problem };
  },
  async read({ sql, values }) {
    return (await database.query<Record<string, string | null>>(sql, [...values])).rows;
  },
  async wake() {
    replica.wake();
    return null;
  },
  async close() {
    await replica.close();
    await database.close();
    return null;
  },
};

async function takeBack(work: () => Promise<{ label: string | null } | null>) {
  let step: { label: string | null } | null = null;
  const mutations = await queuedBy(async () => {
    step = await work();
  });
  await look();
  return step === null ? null : { label: (step as { label: string | null }).label, mutations };
}
