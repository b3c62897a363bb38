/** The leader's side of the channel: answers the tabs' questions with the replica it runs. */

import { describeError } from '../model/describe-error.ts';
import { changeForTabs } from '../model/replica-change.ts';
import { compareVersions, UNBUILT_VERSION } from '../open/replica-version.ts';
import type { RunningReplica } from '../open/start-replica.ts';
import { databaseFailure } from '../storage/storage-errors.ts';
import { type AnswerMessage, answerChannelName, type Question, type SharedMessage } from './tab-messages.ts';

const RELOAD = 'A newer version of IngestHub is open in another tab and is waiting. To switch to it, reload this page.';

/**
 * @param name of the channel that the tabs share.
 * @param version of the replica: replica-version.ts.
 * @returns a function that stops serving.
 */
export function serveReplica(replica: RunningReplica, name: string, version = UNBUILT_VERSION): () => void {
  const shared = new BroadcastChannel(name);
  const answers = new Map<string, BroadcastChannel>();
  const ended = new AbortController();

  function tell(message: VersionlessMessage): void {
    shared.postMessage({ version, ...message } satisfies SharedMessage);
  }
  function answer(tab: string, message: AnswerMessage): void {
    channelOf(tab).postMessage(message);
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
    const { tab, call, question } = data;
    ask(replica, tab, question).then(
      (result) => answer(tab, { call, result }),
      (error: unknown) => {
        // The work may have been done all the same. The tab will ask the next leader, which can find out.
        if (databaseFailure(error) === 'dead') return;
        const kind = error instanceof Error ? error.name : 'Error';
        answer(tab, { call, error: { name: kind, message: describeError(error) } });
      },
    );
  };
  const stopStatus = replica.onStatus((status) => tell({ kind: 'status', status }));
  const stopChanges = replica.onChange((change) => tell({ kind: 'change', change: changeForTabs(change) }));
  tell({ kind: 'leader' });
  tell({ kind: 'status', status: replica.status() });

  return () => {
    stopStatus();
    stopChanges();
    ended.abort();
    shared.close();
    for (const channel of answers.values()) channel.close();
  };
}

type VersionlessMessage = SharedMessage extends infer Message
  ? Message extends unknown
    ? Omit<Message, 'version'>
    : never
  : never;

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
    case 'audit':
      return replica.audit();
    case 'wake':
      return replica.wake();
  }
}
