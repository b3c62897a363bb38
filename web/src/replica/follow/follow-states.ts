/**
 * The states of a followed shape, drawn in the replica's README. How much of its rows is stored is a second matter, which
 * survives a restart: see ShapeState.
 */
import type { StateTable } from '../model/state-table.ts';

export type FollowState =
  /** Not read; its rows are deleted, or about to be. */
  | 'unfollowed'
  /** Being read, and behind the server; the batches of other shapes do not wait for it. */
  | 'behind'
  /** Let through to fetch what the server announced; the batches of other shapes wait for it: see rounds.ts. */
  | 'catchingUp'
  /** Everything that was announced is here; its next request is held back: see live-gate.ts. */
  | 'current'
  /** A batch could not be applied and its stream has ended; after a pause it is read from its start. */
  | 'broken';

export type FollowEvent =
  /** This device is to keep the shape. */
  | 'followed'
  /** A live request was let through. */
  | 'released'
  /** A request failed; it is sent again. */
  | 'requestFailed'
  /** The client is about to read the shape from its start. */
  | 'startedOver'
  /** A batch that reaches the server's position was applied. */
  | 'caughtUp'
  /** A batch could not be applied. */
  | 'applyFailed'
  /** The pause after a batch that could not be applied is over. */
  | 'restarted'
  /** The audit found a difference and wants the shape read from its start. */
  | 'refetched'
  /** This device no longer keeps the shape. */
  | 'dropped';

/** Events of a stream may come late, so they are accepted or ignored everywhere; those of this code are errors out of turn. */
export const followStates: StateTable<FollowState, FollowEvent> = {
  unfollowed: {
    followed: 'behind',
    released: 'ignored',
    requestFailed: 'ignored',
    startedOver: 'ignored',
    caughtUp: 'ignored',
    applyFailed: 'ignored',
    restarted: 'error',
    refetched: 'error',
    dropped: 'error',
  },
  behind: {
    followed: 'error',
    released: 'catchingUp',
    requestFailed: 'ignored',
    startedOver: 'ignored',
    caughtUp: 'current',
    applyFailed: 'broken',
    restarted: 'error',
    refetched: 'behind',
    dropped: 'unfollowed',
  },
  catchingUp: {
    followed: 'error',
    released: 'catchingUp',
    requestFailed: 'behind',
    startedOver: 'behind',
    caughtUp: 'current',
    applyFailed: 'broken',
    restarted: 'error',
    refetched: 'behind',
    dropped: 'unfollowed',
  },
  current: {
    followed: 'error',
    released: 'catchingUp',
    requestFailed: 'ignored',
    startedOver: 'behind',
    caughtUp: 'ignored',
    applyFailed: 'broken',
    restarted: 'error',
    refetched: 'behind',
    dropped: 'unfollowed',
  },
  broken: {
    followed: 'error',
    released: 'ignored',
    requestFailed: 'ignored',
    startedOver: 'ignored',
    caughtUp: 'ignored',
    applyFailed: 'ignored',
    restarted: 'behind',
    refetched: 'behind',
    dropped: 'unfollowed',
  },
};
