/**
 * The replica as the rest of the app sees it: reads, mutations and status. The views and the outbox are
 * written against this interface; `open-replica.ts` opens the real one.
 */

import type { MutationArgs, MutationName } from '@ingesthub/schema/mutations/mutations.ts';
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import type { ServerState } from '@ingesthub/schema/replica/server-state.ts';
import type { ProjectChoice } from '@ingesthub/schema/replica/working-set.ts';
import type { WireError } from '@ingesthub/schema/values/errors.ts';
import type { MirroredList, MirrorQuestion } from './mirror-questions.ts';

export interface Replica {
  /** Runs one read. Rows are as PGlite returns them: `Date` for timestamps, `number` for int8 within 2^53. */
  query<Row extends object>(statement: Statement): Promise<Row[]>;

  /**
   * Answers a list's question from memory, as of all commits until now. The first question about a scope waits until
   * the scope's assets have been read.
   *
   * @param asker names the list within this page: its later question ends the one before.
   * @returns null when a later question of the asker has come.
   */
  ask(question: MirrorQuestion, asker: string): Promise<MirroredList | null>;

  /** Calls back after every commit that changed rows, local or from the server; returns the unsubscriber. */
  onChange(listener: (change: ReplicaChange) => void): () => void;

  /**
   * Applies a mutation to the replica and queues it, in one transaction. Resolves when the change is safe
   * on this device, with those of its `ids` whose rows really changed.
   *
   * @throws ZodError when the arguments do not parse; nothing has changed then.
   */
  mutate<Name extends MutationName>(
    name: Name,
    args: MutationArgs<Name>,
    options?: MutateOptions,
  ): Promise<{ changedIds: string[] }>;

  /**
   * Undoes the latest step that has not been undone, with new mutations. All tabs of this browser share the
   * steps, which survive a reload. Values that others have changed since are left alone.
   *
   * @returns null when there is nothing to undo.
   */
  undo(): Promise<UndoStep | null>;
  /** Redoes the latest undone step; a new mutation ends redo. @returns null when there is nothing to redo. */
  redo(): Promise<UndoStep | null>;

  /** Queues a rejected mutation again, at the end of the queue. */
  retryRejected(mutationId: string): Promise<void>;
  /** Removes a rejected mutation from the list; its effects have already been undone. */
  discardRejected(mutationId: string): Promise<void>;

  /**
   * Fetches a package's metadata and keeps it current from then on; reads see the rows as they arrive. Resolves when
   * the request is recorded.
   */
  needMetadata(packageId: string): Promise<void>;

  /**
   * Sets whether this device keeps a project's assets: always, never, or while there is room. Assets that it no
   * longer keeps are removed once their changes have been sent. Resolves when the choice is recorded.
   */
  chooseProject(projectId: string, choice: ProjectChoice | null): Promise<void>;

  /** Loads a project before others that are still to come: a person looks at it. */
  prefer(projectId: string): Promise<void>;

  /** Compares the replica with the server, shape by shape, and fetches differing shapes again. */
  audit(): Promise<AuditReport>;

  /** Returns the current status; the same object until something changes. */
  status(): ReplicaStatus;
  onStatus(listener: (status: ReplicaStatus) => void): () => void;

  close(): Promise<void>;
}

export interface MutateOptions {
  /** A uuid; mutations that share one are one step for undo. */
  readonly step?: string;
  /** The text shown to people: "Tag “hero” on 10,000 assets". */
  readonly label?: string;
}

/** A step that undo or redo can reverse. */
export interface UndoStep {
  readonly label: string | null;
}

export interface ReplicaChange {
  /** The library's tables whose rows changed. */
  readonly tables: ReadonlyMap<string, TableChange>;
  /** Names the library's state after it (`library-state.ts`). Tabs are not told. */
  readonly state?: string;
}

export interface TableChange {
  /** Packages whose rows changed; null: any, or the table has no package_id. */
  readonly packages: ReadonlySet<string> | null;
  /** Columns that changed in existing rows; null: rows were also added or deleted. */
  readonly columns: ReadonlySet<string> | null;
  /** The assets of changed rows of `assets` and `asset_tags`; absent: any. Tabs are told of a few assets only. */
  readonly assets?: ChangedAssets;
}

/** Names every asset whose rows changed, and perhaps more. */
export interface ChangedAssets {
  readonly ids: ReadonlySet<string>;
  /** Packages of which any other asset may have changed too; null: all. A row that left a package does not name it. */
  readonly packages: ReadonlySet<string> | null;
}

export interface ReplicaStatus {
  /** `loading`: reads work, and see the rows that have arrived so far. */
  readonly phase: 'opening' | 'loading' | 'ready' | 'failed';
  /** Progress of the replica image, which is fetched before anything can be read; null: no download is running. */
  readonly download: ReplicaDownload | null;
  /** Whether the server answers, regardless of the browser's view of its network. */
  readonly online: boolean;
  /** Why the server currently cannot follow the library or accept changes, as it last reported. */
  readonly server: ServerState;
  /** Rows of the first load that have arrived, over all shapes. */
  readonly loadedRows: number;
  /** Followed shapes that are up to date, or behind for less than a second. */
  readonly shapesUpToDate: number;
  readonly shapesFollowed: number;
  /** The projects' states on this device, by id; a missing project has just been created here. */
  readonly projects: ReadonlyMap<string, ProjectOnDevice>;
  /** Mutations that the server has not confirmed yet. */
  readonly unsent: number;
  /** Rows that the unconfirmed mutations name; a row named twice counts twice. */
  readonly unsentRows: number;
  readonly rejected: readonly RejectedMutation[];
  /** The next steps for undo and redo; null: nothing to undo or redo. */
  readonly undo: UndoStep | null;
  readonly redo: UndoStep | null;
  readonly storage: 'opfs' | 'indexeddb' | 'memory';
  /** The device has no room: reads go on, new changes fail. */
  readonly full: boolean;
  /** Identifies the replica to the server; null: not known yet. */
  readonly client: string | null;
  /** Events that people should know about this device's copy, latest last. */
  readonly notices: readonly Notice[];
  /** When the replica was last known to be up to date; null before the first time. */
  readonly upToDateAt: Date | null;
  /** One sentence for people when `phase` is `failed`. */
  readonly problem: string | null;
}

export interface ProjectOnDevice {
  readonly choice: ProjectChoice | null;
  /** `absent`: the assets are on the server only. `leaving`: they are removed once their changes have been sent. */
  readonly state: 'here' | 'loading' | 'leaving' | 'absent';
  /** Assets that are not deleted, and the bytes of their files, as last reported by the server; null: not reported yet. */
  readonly assetCount: number | null;
  readonly sizeBytes: number | null;
  /** Assets of the first load that have arrived. */
  readonly loadedAssets: number;
}

export interface Notice {
  readonly at: Date;
  /** Sentences for people. */
  readonly text: string;
}

export interface AuditReport {
  readonly at: Date;
  /** Shapes whose rows were compared with the server's. */
  readonly compared: number;
  /** Shapes that were changing, or for which the server gave no answer. */
  readonly skipped: number;
  /** Rows that differed and were fetched again. */
  readonly repairedRows: number;
  /** Shapes that still differ. */
  readonly unrepaired: readonly string[];
}

export interface ReplicaDownload {
  /** Both counts are of uncompressed bytes. */
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

export interface RejectedMutation {
  readonly id: string;
  /** May be a name that this build does not know. */
  readonly name: string;
  readonly args: unknown;
  readonly label: string | null;
  readonly error: WireError;
  readonly createdAt: Date;
}
