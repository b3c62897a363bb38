/**
 * The messages between the tabs of one browser. The replica runs in the worker of one tab, the leader. That tab talks to
 * it over a message port, in order and without leaving the process; all others through a BroadcastChannel. Tabs may run
 * different versions of the app, so each shared message names its sender's replica version. The content of another
 * version's message is ignored; the message only shows that the other version is open.
 */
import type { MutationName } from '@ingesthub/schema/mutations/mutations.ts';
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import type { ProjectChoice } from '@ingesthub/schema/replica/working-set.ts';
import type { KnownRows, MirrorQuestion } from '../model/mirror-questions.ts';
import type { MutateOptions, ReplicaChange, ReplicaStatus } from '../model/replica.ts';

/** A tab's request to the leader; sent a second time when the leader dies before answering. */
export type Question =
  | { readonly method: 'hello' }
  | { readonly method: 'query'; readonly statement: Statement }
  | {
      readonly method: 'ask';
      readonly question: MirrorQuestion;
      readonly asker: string;
      readonly known: KnownRows | null;
    }
  | {
      readonly method: 'mutate';
      readonly id: string;
      readonly name: MutationName;
      readonly args: unknown;
      readonly options: MutateOptions;
    }
  /** The id names the request. */
  | { readonly method: 'undo' | 'redo'; readonly id: string }
  /** The id names the mutation. */
  | { readonly method: 'retryRejected' | 'discardRejected'; readonly id: string }
  | { readonly method: 'needMetadata'; readonly packageId: string }
  | { readonly method: 'chooseProject'; readonly projectId: string; readonly choice: ProjectChoice | null }
  | { readonly method: 'prefer'; readonly projectId: string }
  | { readonly method: 'audit' }
  | { readonly method: 'wake' };

/** A leader's message to every tab. */
export type News =
  /** A leader has begun to answer; unanswered questions must be sent again. Its own tab may hear of it twice. */
  | { readonly kind: 'leader'; readonly leader: string }
  | { readonly kind: 'status'; readonly status: ReplicaStatus }
  | { readonly kind: 'change'; readonly change: ReplicaChange };

/** A message on the channel that all tabs share. */
export type SharedMessage = { readonly version: string } & (
  | { readonly kind: 'question'; readonly tab: string; readonly call: number; readonly question: Question }
  | News
  /** No worker of this version can lead. */
  | { readonly kind: 'failed'; readonly status: ReplicaStatus }
);

/** A tab's message to its own worker, which leads. */
export interface OwnQuestion {
  readonly call: number;
  readonly question: Question;
}

/** A leading worker's message to its own tab. */
export type OwnMessage = News | AnswerMessage;

/** A worker's request to its tab to be ended and replaced. */
export type RestartMessage = 'restart';

/** An answer on the channel of the tab that asked. */
export type AnswerMessage =
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly error: { readonly name: string; readonly message: string } };

/** Names the channel on which a tab receives its answers. */
export function answerChannelName(name: string, tab: string): string {
  return `${name}:${tab}`;
}
