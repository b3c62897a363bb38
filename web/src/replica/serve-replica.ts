/** The leader's side: answers the tabs' questions with the replica that it runs. */
import type { RunningReplica } from './start-replica.ts';
import { type AnswerMessage, answerChannelName, type Question, type SharedMessage } from './tab-messages.ts';

/**
 * @param name of the channel that the tabs share.
 * @returns what ends it.
 */
export function serveReplica(replica: RunningReplica, name: string): () => void {
  const shared = new BroadcastChannel(name);
  const answers = new Map<string, BroadcastChannel>();

  function tell(message: SharedMessage): void {
    shared.postMessage(message);
  }
  function answer(tab: string, message: AnswerMessage): void {
    const channel = answers.get(tab) ?? new BroadcastChannel(answerChannelName(name, tab));
    answers.set(tab, channel);
    channel.postMessage(message);
  }

  shared.onmessage = ({ data }: MessageEvent<SharedMessage>) => {
    if (data.kind !== 'question') return;
    const { tab, call, question } = data;
    ask(replica, question).then(
      (result) => answer(tab, { call, result }),
      (error: unknown) => {
        const { name: kind, message } = error instanceof Error ? error : new Error(String(error));
        answer(tab, { call, error: { name: kind, message } });
      },
    );
  };
  const stopStatus = replica.onStatus((status) => tell({ kind: 'status', status }));
  const stopChanges = replica.onChange(({ tables }) => tell({ kind: 'change', change: { tables } }));
  tell({ kind: 'leader' });
  tell({ kind: 'status', status: replica.status() });

  return () => {
    stopStatus();
    stopChanges();
    shared.close();
    for (const channel of answers.values()) channel.close();
  };
}

async function ask(replica: RunningReplica, question: Question): Promise<unknown> {
  switch (question.method) {
    case 'hello':
      return replica.status();
    case 'query':
      return replica.query(question.statement);
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
    case 'wake':
      return replica.wake();
  }
}
