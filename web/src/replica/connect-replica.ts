/** A tab's side: a replica that runs in this tab's worker or in another tab's. */
import { mutationArgs } from '@ingesthub/schema/mutations.ts';
import type { Statement } from '@ingesthub/schema/mutators/mutator.ts';
import { v7 as uuid } from 'uuid';
import { createListeners } from './listeners.ts';
import { openingStatus } from './opening-status.ts';
import type { Replica, ReplicaChange, ReplicaStatus, UndoStep } from './replica.ts';
import { type AnswerMessage, answerChannelName, type Question, type SharedMessage } from './tab-messages.ts';

export interface ConnectedReplica extends Replica {
  /** The network may be back. */
  wake(): void;
}

interface Call extends PromiseWithResolvers<unknown> {
  readonly question: Question;
}

/**
 * Questions wait until there is a leader, and are asked again when it was replaced before it answered.
 *
 * @param name of the channel that the tabs share.
 */
export function connectReplica(name: string): ConnectedReplica {
  const tab = uuid();
  const shared = new BroadcastChannel(name);
  const answers = new BroadcastChannel(answerChannelName(name, tab));
  const calls = new Map<number, Call>();
  const changes = createListeners<ReplicaChange>();
  const statuses = createListeners<ReplicaStatus>();
  let status: ReplicaStatus = openingStatus;
  let lastCall = 0;

  function post(call: number, question: Question): void {
    shared.postMessage({ kind: 'question', tab, call, question } satisfies SharedMessage);
  }
  function ask(question: Question): Promise<unknown> {
    const call = ++lastCall;
    const waiting: Call = { ...Promise.withResolvers<unknown>(), question };
    calls.set(call, waiting);
    post(call, question);
    return waiting.promise;
  }
  function setStatus(next: ReplicaStatus): void {
    status = next;
    statuses.tell(next);
  }

  answers.onmessage = ({ data }: MessageEvent<AnswerMessage>) => {
    const call = calls.get(data.call);
    calls.delete(data.call);
    if ('error' in data) call?.reject(Object.assign(new Error(data.error.message), { name: data.error.name }));
    else call?.resolve(data.result);
  };
  shared.onmessage = ({ data }: MessageEvent<SharedMessage>) => {
    if (data.kind === 'leader') for (const [call, { question }] of calls) post(call, question);
    else if (data.kind === 'status') setStatus(data.status);
    else if (data.kind === 'change') changes.tell(data.change);
  };
  void ask({ method: 'hello' }).then((first) => setStatus(first as ReplicaStatus));

  return {
    query: async <Row extends object>(statement: Statement) => (await ask({ method: 'query', statement })) as Row[],
    onChange: changes.listen,
    async mutate(mutation, args, options = {}) {
      const parsed = mutationArgs[mutation].parse(args);
      const made = await ask({ method: 'mutate', id: uuid(), name: mutation, args: parsed, options });
      return made as { changedIds: string[] };
    },
    undo: async () => (await ask({ method: 'undo', id: uuid() })) as UndoStep | null,
    redo: async () => (await ask({ method: 'redo', id: uuid() })) as UndoStep | null,
    retryRejected: async (id) => {
      await ask({ method: 'retryRejected', id });
    },
    status: () => status,
    onStatus: statuses.listen,
    discardRejected: async (id) => {
      await ask({ method: 'discardRejected', id });
    },
    needMetadata: (packageId) => {
      void ask({ method: 'needMetadata', packageId });
    },
    wake: () => {
      void ask({ method: 'wake' });
    },
    async close() {
      shared.close();
      answers.close();
    },
  };
}
