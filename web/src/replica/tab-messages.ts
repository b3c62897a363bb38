/**
 * What the tabs of one browser say to each other. The replica runs in the worker of one of them, the
 * leader; the others, and the leader's own tab, talk to it through a BroadcastChannel. Tabs may be of
 * different versions of the app: each message names the replica of its sender's version, and what
 * another version says is not understood, but taken for a sign that it is there.
 */
import type { MutationName } from '@ingesthub/schema/mutations.ts';
import type { Statement } from '@ingesthub/schema/mutators/mutator.ts';
import type { ProjectChoice } from '@ingesthub/schema/working-set.ts';
import type { MutateOptions, ReplicaChange, ReplicaStatus } from './replica.ts';

/** What a tab may ask; each may be asked twice, when the leader dies before it answers. */
export type Question =
  | { readonly method: 'hello' }
  | { readonly method: 'query'; readonly statement: Statement }
  | {
      readonly method: 'mutate';
      readonly id: string;
      readonly name: MutationName;
      readonly args: unknown;
      readonly options: MutateOptions;
    }
  /** The id is of the request. */
  | { readonly method: 'undo' | 'redo'; readonly id: string }
  /** The id is of the mutation. */
  | { readonly method: 'retryRejected' | 'discardRejected'; readonly id: string }
  | { readonly method: 'needMetadata'; readonly packageId: string }
  | { readonly method: 'chooseProject'; readonly projectId: string; readonly choice: ProjectChoice | null }
  | { readonly method: 'audit' }
  | { readonly method: 'wake' };

/** On the channel that all share. */
export type SharedMessage = { readonly version: string } & (
  | { readonly kind: 'question'; readonly tab: string; readonly call: number; readonly question: Question }
  /** A leader has begun to answer; what was asked before is to be asked again. */
  | { readonly kind: 'leader' }
  | { readonly kind: 'status'; readonly status: ReplicaStatus }
  /** Nobody of this version can lead. */
  | { readonly kind: 'failed'; readonly status: ReplicaStatus }
  | { readonly kind: 'change'; readonly change: ReplicaChange }
);

/** From a worker to its tab: it is to be ended, and another begun. */
export type RestartMessage = 'restart';

/** On the channel of the tab that asked. */
export type AnswerMessage =
  | { readonly call: number; readonly result: unknown }
  | { readonly call: number; readonly error: { readonly name: string; readonly message: string } };

/** The channel on which a tab gets its answers. */
export function answerChannelName(name: string, tab: string): string {
  return `${name}:${tab}`;
}
