/** The tab's side of the channel: a proxy for the replica that runs in this tab's worker or another tab's. */
import { mutationArgs } from '@ingesthub/schema/mutations/mutations.ts';
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import { v7 as uuid } from 'uuid';
import { createListeners } from '../model/listeners.ts';
import type { MirrorReply } from '../model/mirror-questions.ts';
import { createMirroredLists } from '../model/mirrored-lists.ts';
import { openingStatus } from '../model/opening-status.ts';
import type { AuditReport, Replica, ReplicaChange, ReplicaStatus, UndoStep } from '../model/replica.ts';
import { changeOfAnything } from '../model/replica-change.ts';
import { compareVersions, UNBUILT_VERSION } from '../open/replica-version.ts';
import type { ReplicaWorker } from './replica-worker.ts';
import {
  type AnswerMessage,
  answerChannelName,
  type News,
  type OwnMessage,
  type OwnQuestion,
  type Question,
  type SharedMessage,
} from './tab-messages.ts';

export interface ConnectedReplica extends Replica {
  /** The network may be back. */
  wake(): void;
  /** Adds a notice that only this tab knows about to those the leader reports. */
  notice(text: string): void;
}

const otherVersions = {
  newer: 'A newer version of IngestHub is open in another tab. To use it here, reload this page.',
  older: 'An older version of IngestHub is open in another tab. Reload or close that tab.',
  same: 'Another build of IngestHub is open in another tab. Reload both tabs.',
} as const;

interface Call extends PromiseWithResolvers<unknown> {
  readonly question: Question;
}

/**
 * Connects a tab to the leader. Requests wait until there is a leader, and are sent again when a new leader takes
 * over before they are answered.
 *
 * @param name of the channel that the tabs share.
 * @param version of this tab's replica: replica-version.ts.
 * @param worker of this tab; once it leads, it is asked directly.
 */
export function connectReplica(
  name: string,
  version = UNBUILT_VERSION,
  worker?: Pick<ReplicaWorker, 'onPort'>,
): ConnectedReplica {
  const tab = uuid();
  const shared = new BroadcastChannel(name);
  const answers = new BroadcastChannel(answerChannelName(name, tab));
  // Held until this tab closes: when the leader gets the lock, it closes its end of the channel.
  const closed = Promise.withResolvers<void>();
  void navigator.locks?.request(answerChannelName(name, tab), () => closed.promise);
  const calls = new Map<number, Call>();
  const changes = createListeners<ReplicaChange>();
  const statuses = createListeners<ReplicaStatus>();
  let status: ReplicaStatus = openingStatus;
  let ownNotices: ReplicaStatus['notices'] = [];
  let lastCall = 0;
  /** The latest leader; empty where only its answer has come, null before the first. */
  let led: string | null = null;
  /** Port to this tab's worker while that leads. */
  let own: MessagePort | null = null;

  function post(call: number, question: Question): void {
    if (own) own.postMessage({ call, question } satisfies OwnQuestion);
    else shared.postMessage({ version, kind: 'question', tab, call, question } satisfies SharedMessage);
  }
  function ask(question: Question): Promise<unknown> {
    const call = ++lastCall;
    const waiting: Call = { ...Promise.withResolvers<unknown>(), question };
    calls.set(call, waiting);
    post(call, question);
    return waiting.promise;
  }
  function setStatus(next: ReplicaStatus): void {
    status = { ...next, notices: [...next.notices, ...ownNotices] };
    statuses.tell(status);
  }

  function answered(message: AnswerMessage): void {
    const call = calls.get(message.call);
    calls.delete(message.call);
    if ('error' in message) call?.reject(Object.assign(new Error(message.error.message), { name: message.error.name }));
    else call?.resolve(message.result);
  }
  function heard(news: News): void {
    if (news.kind === 'status') setStatus(news.status);
    else if (news.kind === 'change') changes.tell(news.change);
    else {
      for (const [call, { question }] of calls) post(call, question);
      // The views may show an error from the previous leader, or rows older than this leader's.
      if (led !== null && led !== news.leader) changes.tell(changeOfAnything());
      led = news.leader;
    }
  }

  answers.onmessage = ({ data }: MessageEvent<AnswerMessage>) => answered(data);
  shared.onmessage = ({ data }: MessageEvent<SharedMessage>) => {
    // Questions from other tabs are ignored: they may still be waiting for a leader.
    if (data.kind === 'question') return;
    // That leader's database does not fit this version's statements.
    if (data.version !== version) {
      if (data.kind !== 'change') setStatus({ ...openingStatus, phase: 'failed', problem: otherVersion(data.version) });
    } else if (data.kind === 'failed') setStatus(data.status);
    // This tab's own worker tells its news here too, for the other tabs.
    else if (own === null) heard(data);
  };
  let port: MessagePort | null = null;
  worker?.onPort((next) => {
    // A worker that was replaced says nothing more; another tab's may lead next.
    port?.close();
    own = null;
    port = next;
    next.onmessage = ({ data }: MessageEvent<OwnMessage>) => {
      if ('call' in data) return answered(data);
      if (data.kind === 'leader') own = next;
      heard(data);
    };
  });
  function otherVersion(other: string | undefined): string {
    return otherVersions[compareVersions(other ?? '', version)];
  }

  void ask({ method: 'hello' }).then((first) => {
    led ??= '';
    setStatus(first as ReplicaStatus);
  });

  return {
    query: async <Row extends object>(statement: Statement) => (await ask({ method: 'query', statement })) as Row[],
    ask: createMirroredLists(
      async (question, asker, known) => (await ask({ method: 'ask', question, asker, known })) as MirrorReply | null,
    ),
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
    chooseProject: async (projectId, choice) => {
      await ask({ method: 'chooseProject', projectId, choice });
    },
    prefer: async (projectId) => {
      await ask({ method: 'prefer', projectId });
    },
    audit: async () => (await ask({ method: 'audit' })) as AuditReport,
    status: () => status,
    onStatus: statuses.listen,
    discardRejected: async (id) => {
      await ask({ method: 'discardRejected', id });
    },
    needMetadata: async (packageId) => {
      await ask({ method: 'needMetadata', packageId });
    },
    wake: () => {
      void ask({ method: 'wake' });
    },
    notice(text) {
      const notice = { at: new Date(), text };
      ownNotices = [...ownNotices, notice];
      status = { ...status, notices: [...status.notices, notice] };
      statuses.tell(status);
    },
    async close() {
      shared.close();
      answers.close();
      port?.close();
      closed.resolve();
    },
  };
}
