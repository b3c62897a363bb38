/** The leader's side of the channel: answers the tabs' questions with the replica it runs. */
import { v7 as uuid } from 'uuid';
import { describeError } from '../model/describe-error.ts';
import { changeForTabs } from '../model/replica-change.ts';
import { compareVersions, UNBUILT_VERSION } from '../open/replica-version.ts';
import type { RunningReplica } from '../open/start-replica.ts';
import { databaseFailure } from '../storage/storage-errors.ts';
import {
  type AnswerMessage,
  answerChannelName,
  type News,
  type OwnMessage,
  type OwnQuestion,
  type Question,
  type SharedMessage,
} from './tab-messages.ts';

const RELOAD = 'A newer version of IngestHub is open in another tab and is waiting. To switch to it, reload this page.';

export interface ServeOptions {
  /** Version of the replica: replica-version.ts. */
  readonly version?: string;
  /** Port to the leader's own tab. */
  readonly own?: MessagePort;
}

/** The own tab's name among those that ask. */
const OWN = 'own';

/**
 * @param name of the channel that the tabs share.
 * @returns a function that stops serving.
 */
export function serveReplica(
  replica: RunningReplica,
  name: string,
  { version = UNBUILT_VERSION, own }: ServeOptions = {},
): () => void {
  const shared = new BroadcastChannel(name);
  const answers = new Map<string, BroadcastChannel>();
  const ended = new AbortController();

  function tell(news: News): void {
    own?.postMessage(news satisfies OwnMessage);
    shared.postMessage({ version, ...news } satisfies SharedMessage);
  }
  function channelOf(tab: string): BroadcastChannel {
    const known = answers.get(tab);
    if (known) return known;
    const channelName = answerChannelName(name, tab);
    const channel = new BroadcastChannel(channelName);
    answers.set(tab, channel);
    // The tab holds this lock until it closes or crashes.
    const letGo = () => {
      channel.close();
      answers.delete(tab);
    };
    navigator.locks?.request(channelName, { signal: ended.signal }, letGo).catch(() => {});
    return channel;
  }

  shared.onmessage = ({ data }: MessageEvent<SharedMessage>) => {
    if (data.kind !== 'question') return;
    if (data.version !== version) {
      if (compareVersions(data.version ?? '', version) === 'newer') replica.notice(RELOAD);
      // Lets the other tab know that a leader of this version exists.
      tell({ kind: 'status', status: replica.status() });
      return;
    }
    answer(data.tab, data, (message) => channelOf(data.tab).postMessage(message));
  };
  function answer(tab: string, { call, question }: OwnQuestion, reply: (message: AnswerMessage) => void): void {
    ask(replica, tab, question).then(
      (result) => reply({ call, result }),
      (error: unknown) => {
        // The work may have been done all the same. The tab will ask the next leader, which can find out.
        if (databaseFailure(error) === 'dead') return;
        const kind = error instanceof Error ? error.name : 'Error';
        reply({ call, error: { name: kind, message: describeError(error) } });
      },
    );
  }
  if (own) {
    own.onmessage = ({ data }: MessageEvent<OwnQuestion>) =>
      answer(OWN, data, (message) => own.postMessage(message satisfies OwnMessage));
  }
  const stopStatus = replica.onStatus((status) => tell({ kind: 'status', status }));
  const stopChanges = replica.onChange((change) => tell({ kind: 'change', change: changeForTabs(change) }));
  tell({ kind: 'leader', leader: uuid() });
  tell({ kind: 'status', status: replica.status() });

  return () => {
    stopStatus();
    stopChanges();
    ended.abort();
    shared.close();
    own?.close();
    for (const channel of answers.values()) channel.close();
  };
}

async function ask(replica: RunningReplica, tab: string, question: Question): Promise<unknown> {
  switch (question.method) {
    case 'hello':
      return replica.status();
    case 'query':
      return replica.query(question.statement);
    case 'ask':
      return replica.askRows(question.question, `${tab} ${question.asker}`, question.known);
    case 'mutate':
      return replica.mutateAs(question.id, question.name, question.args as never, question.options);
    case 'undo':
      return replica.undoAs(question.id);
    case 'redo':
      return replica.redoAs(question.id);
    case 'retryRejected':
      return replica.retryRejected(question.id);
    case 'discardRejected':
      return replica.discardRejected(question.id);
    case 'needMetadata':
      return replica.needMetadata(question.packageId);
    case 'chooseProject':
      return replica.chooseProject(question.projectId, question.choice);
    case 'prefer':
      return replica.prefer(question.projectId);
    case 'audit':
      return replica.audit();
    case 'wake':
      return replica.wake();
  }
}
