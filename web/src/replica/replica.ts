/**
 * What the rest of the app knows of the replica: reads, mutations, and how things stand. The views
 * and the outbox are written against this; `open-replica.ts` is the real one.
 */
import type { WireError } from '@ingesthub/schema/errors.ts';
import type { MutationArgs, MutationName } from '@ingesthub/schema/mutations.ts';
import type { Statement } from '@ingesthub/schema/mutators/mutator.ts';
import type { ServerState } from '@ingesthub/schema/server-state.ts';
import type { ProjectChoice } from '@ingesthub/schema/working-set.ts';

export interface Replica {
  /** Runs one read. Rows as PGlite gives them: `Date` for timestamps, `number` for int8 within 2^53. */
  query<Row extends object>(statement: Statement): Promise<Row[]>;

  /** Calls back after every commit that changed rows, whoever made it; returns the unsubscriber. */
  onChange(listener: (change: ReplicaChange) => void): () => void;

  /**
   * Applies a mutation to the replica and queues it, in one transaction. Resolves when that is safe
   * on this device, with those of its `ids` that it really changed.
   *
   * @throws ZodError when the arguments do not parse; nothing has changed then.
   */
  mutate<Name extends MutationName>(
    name: Name,
    args: MutationArgs<Name>,
    options?: MutateOptions,
  ): Promise<{ changedIds: string[] }>;

  /**
   * Takes back the latest step that is not undone, as mutations of their own; all tabs of this browser
   * share the steps, and they survive a reload. What somebody else has changed since stays as it is.
   *
   * @returns null when there is no such step.
   */
  undo(): Promise<UndoStep | null>;
  /** Takes back the latest undo, unless something else was done since. @returns null when there is none. */
  redo(): Promise<UndoStep | null>;

  /** Makes a rejected mutation anew, at the end of the queue. */
  retryRejected(mutationId: string): Promise<void>;
  /** Takes a rejected mutation off the list; its effects are gone already. */
  discardRejected(mutationId: string): Promise<void>;

  /** Fetches a package's metadata, and keeps it current from then on; reads see it as it arrives. Resolves when that is noted. */
  needMetadata(packageId: string): Promise<void>;

  /**
   * Says whether this device keeps a project's assets: always, never, or as long as there is room.
   * Those that it no longer keeps go once nothing of them waits to be sent. Resolves when that is noted.
   */
  chooseProject(projectId: string, choice: ProjectChoice | null): Promise<void>;

  /** Compares what is here with the server, shape by shape, and fetches anew what differs. */
  audit(): Promise<AuditReport>;

  /** How things stand now; the same object until something changes. */
  status(): ReplicaStatus;
  onStatus(listener: (status: ReplicaStatus) => void): () => void;

  close(): Promise<void>;
}

export interface MutateOptions {
  /** A uuid; mutations that share one are one step for undo. */
  readonly step?: string;
  /** What people read: "Tag “hero” on 10,000 assets". */
  readonly label?: string;
}

/** Something done that undo takes back, or undone that redo does again. */
export interface UndoStep {
  readonly label: string | null;
}

export interface ReplicaChange {
  /** Tables of the library whose rows changed. */
  readonly tables: ReadonlyMap<string, TableChange>;
}

export interface TableChange {
  /** Packages whose rows changed; null: any, or the table has no package_id. */
  readonly packages: ReadonlySet<string> | null;
  /** Columns that changed in rows that were there and stay; null: rows came or went too. */
  readonly columns: ReadonlySet<string> | null;
}

export interface ReplicaStatus {
  /** `loading`: reads work, and see what has arrived so far. */
  readonly phase: 'opening' | 'loading' | 'ready' | 'failed';
  /** The replica image that is being fetched, before anything can be read; null: none is. */
  readonly download: ReplicaDownload | null;
  /** Whether the server answers; not what the browser believes of its network. */
  readonly online: boolean;
  /** Why the server cannot follow the library, or does not take changes, at present; as it last said. */
  readonly server: ServerState;
  /** Rows that have arrived of the first load, over all shapes. */
  readonly loadedRows: number;
  /** Shapes that are up to date, or behind for less than a second, of those followed. */
  readonly shapesUpToDate: number;
  readonly shapesFollowed: number;
  /** How the projects stand on this device, by id; one that is missing has just been made here. */
  readonly projects: ReadonlyMap<string, ProjectOnDevice>;
  /** Mutations that the server has not confirmed yet. */
  readonly unsent: number;
  /** Rows that those name, each as often as it is named. */
  readonly unsentRows: number;
  readonly rejected: readonly RejectedMutation[];
  /** What undo would take back, and redo do again; null: nothing. */
  readonly undo: UndoStep | null;
  readonly redo: UndoStep | null;
  readonly storage: 'opfs' | 'indexeddb' | 'memory';
  /** The device has no room: reads go on, changes are refused. */
  readonly full: boolean;
  /** Names the replica to the server; null: not known yet. */
  readonly client: string | null;
  /** What has happened to this device's copy, for people to know; the latest last. */
  readonly notices: readonly Notice[];
  /** When the replica was last known to be up to date; null before the first time. */
  readonly upToDateAt: Date | null;
  /** One sentence for people when `phase` is `failed`. */
  readonly problem: string | null;
}

export interface ProjectOnDevice {
  readonly choice: ProjectChoice | null;
  /** `absent`: its assets are at the server only. `leaving`: they go when what waits to be sent is sent. */
  readonly state: 'here' | 'loading' | 'leaving' | 'absent';
  /** Assets that nobody has deleted, and bytes of their files, as the server last told; null: it has not yet. */
  readonly assetCount: number | null;
  readonly sizeBytes: number | null;
  /** Assets that have arrived of the first load. */
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
  /** Shapes that were changing, or that the server did not answer for. */
  readonly skipped: number;
  /** Rows that differed, and came anew. */
  readonly repairedRows: number;
  /** Shapes that differ still. */
  readonly unrepaired: readonly string[];
}

export interface ReplicaDownload {
  /** Unpacked, both. */
  readonly receivedBytes: number;
  readonly totalBytes: number;
}

export interface RejectedMutation {
  readonly id: string;
  /** One that this build does not know, too. */
  readonly name: string;
  readonly args: unknown;
  readonly label: string | null;
  readonly error: WireError;
  readonly createdAt: Date;
}
