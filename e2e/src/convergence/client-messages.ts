/** What a client's process and its test tell each other. */
import type { Mutation } from '@ingesthub/schema/mutations.ts';

/** What a client can be asked, and what it answers. */
export interface ClientCalls {
  /** Answered when it is safe on the client's disk. */
  mutate: { given: { mutation: Mutation; step: string; label: string }; answer: null };
  undo: { given: null; answer: Undone | null };
  redo: { given: null; answer: Undone | null };
  /** Answers with the mutation that was made anew. */
  retry: { given: { id: string }; answer: Mutation[] };
  discard: { given: { id: string }; answer: null };
  needMetadata: { given: { packageId: string }; answer: null };
  standing: { given: null; answer: Standing };
  /** Runs one read of the replica's database. */
  read: { given: { sql: string; values: readonly unknown[] }; answer: Record<string, string | null>[] };
  /** The network may be back. */
  wake: { given: null; answer: null };
  /** Closes the replica and its database; the process ends after that. */
  close: { given: null; answer: null };
}
export type ClientCall = keyof ClientCalls;

export interface Undone {
  readonly label: string | null;
  /** What it queued. */
  readonly mutations: Mutation[];
}

interface Standing {
  readonly online: boolean;
  readonly ready: boolean;
  readonly unsent: number;
  readonly rejected: string[];
  readonly problem: string | null;
}

export interface ClientRequest {
  readonly call: number;
  readonly name: ClientCall;
  readonly given: unknown;
}

export type ClientMessage =
  | { readonly kind: 'opened'; readonly client: string }
  | { readonly kind: 'answered'; readonly call: number; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly call: number; readonly message: string }
  /** Fields that read differently than before, and those that are gone (null); all of them when it has just opened. */
  | { readonly kind: 'saw'; readonly fields: [field: string, value: string | null][] };
