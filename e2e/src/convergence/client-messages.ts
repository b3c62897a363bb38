/** Messages between a client's process and its test. */
import type { Mutation } from '@ingesthub/schema/mutations/mutations.ts';

/** The calls that a client answers. */
export interface ClientCalls {
  /** Answered when the mutation is safe on the client's disk. */
  mutate: { given: { mutation: Mutation; step: string; label: string }; answer: null };
  undo: { given: null; answer: Undone | null };
  redo: { given: null; answer: Undone | null };
  /** Answers with the new mutation that replaces the rejected one. */
  retry: { given: { id: string }; answer: Mutation[] };
  discard: { given: { id: string }; answer: null };
  needMetadata: { given: { packageId: string }; answer: null };
  /** Answers with the number of lists that were compared with plain rows. */
  askLists: { given: { seed: number; questions: number }; answer: number };
  standing: { given: null; answer: Standing };
  /** Runs one read of the replica's database. */
  read: { given: { sql: string; values: readonly unknown[] }; answer: Record<string, string | null>[] };
  /** Notifies the replica that the network may be back. */
  wake: { given: null; answer: null };
  /** Closes the replica and its database, before the process is ended. */
  close: { given: null; answer: null };
}
export type ClientCall = keyof ClientCalls;

export interface Undone {
  readonly label: string | null;
  /** The mutations that the undo or redo queued. */
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
  /** Fields whose value changed, with null for those that are gone; all fields when the client has just opened. */
  | { readonly kind: 'saw'; readonly fields: [field: string, value: string | null][] };
