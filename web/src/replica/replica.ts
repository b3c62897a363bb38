/**
 * What the rest of the app knows of the replica: reads, mutations, and how things stand. The views
 * and the outbox are written against this; `open-replica.ts` is the real one.
 */
import type { WireError } from '@ingesthub/schema/errors.ts';
import type { MutationArgs, MutationName } from '@ingesthub/schema/mutations.ts';
import type { Statement } from '@ingesthub/schema/mutators.ts';

export interface Replica {
  /** Runs one read. Rows as PGlite gives them: `Date` for timestamps, `number` for int8 within 2^53. */
  query<Row extends object>(statement: Statement): Promise<Row[]>;

  /** Calls back after every commit that changed rows, whoever made it; returns the unsubscriber. */
  onChange(listener: (change: ReplicaChange) => void): () => void;

  /**
   * Applies a mutation to the replica and queues it, in one transaction. Resolves when that is safe
   * on this device, with the ids of the assets that it really changed.
   *
   * @throws ZodError when the arguments do not parse; nothing has changed then.
   */
  mutate<Name extends MutationName>(name: Name, args: MutationArgs<Name>): Promise<{ changedIds: string[] }>;

  /** How things stand now; the same object until something changes. */
  status(): ReplicaStatus;
  onStatus(listener: (status: ReplicaStatus) => void): () => void;

  /** Takes a rejected mutation off the list; its effects are gone already. */
  discardRejected(mutationId: string): Promise<void>;

  close(): Promise<void>;
}

export interface ReplicaChange {
  /** Tables of the library whose rows changed. */
  readonly tables: ReadonlySet<string>;
}

export interface ReplicaStatus {
  /** `loading`: reads work, and see what has arrived so far. */
  readonly phase: 'opening' | 'loading' | 'ready' | 'failed';
  /** Whether the server answers; not what the browser believes of its network. */
  readonly online: boolean;
  /** Rows that have arrived of the first load, over all shapes. */
  readonly loadedRows: number;
  /** Shapes that are up to date, of those followed. */
  readonly shapesUpToDate: number;
  readonly shapesFollowed: number;
  /** Mutations that the server has not confirmed yet. */
  readonly unsent: number;
  readonly rejected: readonly RejectedMutation[];
  readonly storage: 'opfs' | 'indexeddb' | 'memory';
  /** When the replica was last known to be up to date; null before the first time. */
  readonly upToDateAt: Date | null;
  /** One sentence for people when `phase` is `failed`. */
  readonly problem: string | null;
}

export interface RejectedMutation {
  readonly id: string;
  readonly name: MutationName;
  readonly error: WireError;
  readonly createdAt: Date;
}
