/**
 * The states of a mutation from the gesture that makes it to the server's confirmation, drawn in the replica's README.
 *
 * `alone` and `answered` are known to the sender only: a new leader starts with `queued` and sends again, and the server
 * gives the same answer. The other states are rows of the outbox.
 */
import type { PendingMutation } from '../model/outbox-rows.ts';
import type { StateTable } from '../model/state-table.ts';

export type OutboxState =
  /** Waits to be sent, together with others. */
  | 'queued'
  /** Waits to be sent by itself, because a request that carried it and others was rejected as a whole. */
  | 'alone'
  /** The server has applied it; its own row has not arrived yet. */
  | 'answered'
  /** Its own row has arrived with the position of its transaction, which not all shapes that hold its rows have reached. */
  | 'acknowledged'
  /** Taken back here, and listed until a person retries or discards it. */
  | 'rejected'
  /** Not in the outbox any more: confirmed, discarded, or queued again under a new id. */
  | 'gone';

export type OutboxEvent =
  /** A request that carried it and others was rejected as a whole. */
  | 'requestRejected'
  /** The server answered that it is applied. */
  | 'answered'
  /** Its own row arrived through its shape: applied. */
  | 'acknowledged'
  /** Each shape that holds its rows reached its position, and no earlier mutation of the same rows still waits. */
  | 'shapesArrived'
  /** The server rejected it, by an answer or by its own row. */
  | 'rejected'
  /** A person asked for it to be queued again. */
  | 'retried'
  | 'discarded';

/**
 * Answers, rows and people's gestures race with one another, so each is accepted or ignored in every state. An `error`
 * is a request that should not have carried the mutation.
 */
export const outboxStates: StateTable<OutboxState, OutboxEvent> = {
  queued: {
    requestRejected: 'alone',
    answered: 'answered',
    acknowledged: 'acknowledged',
    shapesArrived: 'ignored',
    rejected: 'rejected',
    retried: 'ignored',
    discarded: 'ignored',
  },
  alone: {
    requestRejected: 'error',
    answered: 'answered',
    acknowledged: 'acknowledged',
    shapesArrived: 'ignored',
    rejected: 'rejected',
    retried: 'ignored',
    discarded: 'ignored',
  },
  answered: {
    requestRejected: 'error',
    answered: 'ignored',
    acknowledged: 'acknowledged',
    shapesArrived: 'ignored',
    rejected: 'rejected',
    retried: 'ignored',
    discarded: 'ignored',
  },
  acknowledged: {
    requestRejected: 'ignored',
    answered: 'ignored',
    acknowledged: 'ignored',
    shapesArrived: 'gone',
    rejected: 'rejected',
    retried: 'ignored',
    discarded: 'ignored',
  },
  rejected: {
    requestRejected: 'ignored',
    answered: 'ignored',
    acknowledged: 'ignored',
    shapesArrived: 'ignored',
    rejected: 'ignored',
    retried: 'gone',
    discarded: 'gone',
  },
  gone: {
    requestRejected: 'ignored',
    answered: 'ignored',
    acknowledged: 'ignored',
    shapesArrived: 'ignored',
    rejected: 'ignored',
    retried: 'ignored',
    discarded: 'ignored',
  },
};

/** Returns the state of a mutation that still waits, as far as its row tells. */
export function storedState({ acknowledgedLsn }: Pick<PendingMutation, 'acknowledgedLsn'>): 'queued' | 'acknowledged' {
  return acknowledgedLsn === null ? 'queued' : 'acknowledged';
}

/** Returns whether a request is still to carry it. */
export function isToSend(state: OutboxState): boolean {
  return state === 'queued' || state === 'alone';
}
