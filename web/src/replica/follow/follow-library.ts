/**
 * Follows all shapes of a replica: the library's, its own mutations, those of each project that this device
 * keeps, and the metadata of the packages that were opened here.
 */

import {
  formatShapeReference,
  parseShapeReference,
  type ShapeName,
  type ShapeReference,
  shapes,
  shapesOf,
} from '@ingesthub/schema/library/shapes.ts';
import { PREPARED_ASSETS } from '@ingesthub/schema/replica/prepared-project.ts';
import type { ServerState } from '@ingesthub/schema/replica/server-state.ts';
import pLimit from 'p-limit';
import { newShape } from '../model/shape-states.ts';
import { nextState } from '../model/state-table.ts';
import type { Connection } from '../network/connection.ts';
import type { Writer } from '../write/writer.ts';
import { createDoorbell } from './doorbell.ts';
import { followShape } from './follow-shape.ts';
import { type FollowEvent, type FollowState, followStates } from './follow-states.ts';
import { createLiveGate } from './live-gate.ts';
import { createPreparedLoader } from './load-prepared.ts';
import { createProgress } from './progress.ts';
import type { KnownScopes } from './read-known-scopes.ts';
import { createRounds } from './rounds.ts';
import { createWorkingSet, projectShapes, type WorkingSet, type WorkingSetOptions } from './working-set.ts';

export interface FollowLibraryOptions extends Omit<WorkingSetOptions, 'isFollowed'> {
  /** Origin of the server. */
  readonly server: string;
  readonly client: string;
  readonly fetch: typeof fetch;
  readonly connection: Connection;
  readonly writer: Writer;
  readonly readKnownScopes: () => Promise<KnownScopes>;
  /** The server's state has changed. */
  readonly onState: (state: ServerState) => void;
  /** A heartbeat has arrived from the server. */
  readonly onBeat: () => void;
  /** Every change that the server has announced is here. */
  readonly onCaughtUp: () => void;
  /** The set of followed shapes has changed, or the set of late ones. */
  readonly onFollow: () => void;
  /** The rows of projects that are no longer kept have been deleted. */
  readonly onDrop: () => void;
  readonly onProblem: (error: unknown) => void;
  /** The assets from which on a project comes prepared; default {@link PREPARED_ASSETS}. */
  readonly preparedAssets?: number | undefined;
  readonly signal: AbortSignal;
}

export interface FollowedLibrary {
  /** References of the shapes that are followed. */
  readonly references: ReadonlySet<string>;
  /** Whether every project that has arrived has been decided on, and is followed if it is to be kept. */
  readonly settled: boolean;
  /** Whether the live stream is open and every change it announced is here. */
  readonly current: boolean;
  /** Whether a shape has been behind the server for more than a moment. */
  isLate(reference: string): boolean;
  /** The projects that the server knows of. */
  readonly projects: WorkingSet['projects'];
  /** Decides again which projects are kept. */
  reconsider(): Promise<void>;
  /** Mutations were confirmed, so a project that was kept only for them may be dropped. */
  released(): void;
  /** A person looks at this project: if its rows are still to come, they come before those of others. */
  prefer(projectId: string): void;
  /** Follows a package's metadata until the package is gone. Once this resolves, that survives a restart. */
  needMetadata(packageId: string): Promise<void>;
  /** Requests the current position of a shape that may not have moved. */
  nudge(reference: string): void;
  /** Fetches a shape from its start; its rows stay until the new ones are complete. */
  refetch(reference: ShapeReference): Promise<void>;
}

interface FollowedShape {
  readonly reference: ShapeReference;
  /** The reference as text. */
  readonly text: string;
  readonly stop: AbortController;
  state: FollowState;
}

const FETCHES_AT_A_TIME = 3;
/** Milliseconds between polls of the shapes while the doorbell is disconnected. */
const POLL_MS = 20_000;

export async function followLibrary(options: FollowLibraryOptions): Promise<FollowedLibrary> {
  const { writer, connection, signal } = options;
  const gate = createLiveGate();
  const limit = pLimit(FETCHES_AT_A_TIME);
  const followed = new Map<string, FollowedShape>();
  let unfollowed = 0;
  const workingSet = createWorkingSet({ ...options, isFollowed: (reference) => followed.has(reference) });
  let following: Promise<void> = Promise.resolve();
  const rounds = createRounds(async (batches) => {
    const placesChanged = batches.some(({ reference: { name }, changes }) => isPlace(name) && changes.length > 0);
    if (placesChanged) unfollowed++;
    try {
      await writer.apply(batches);
    } finally {
      if (placesChanged) {
        void followScopes().finally(() => {
          unfollowed--;
          options.onFollow();
        });
      }
    }
  });
  const doorbell = createDoorbell({ ...options, onRing: gate.ring });
  const prepared = createPreparedLoader(options);
  const progress = createProgress({ onLate: options.onFollow, onCaughtUp: options.onCaughtUp, signal });

  function follow(reference: ShapeReference): void {
    const text = formatShapeReference(reference);
    const shape: FollowedShape = { reference, text, stop: new AbortController(), state: 'unfollowed' };
    followed.set(text, shape);
    tell(shape, 'followed');
    const until = AbortSignal.any([signal, shape.stop.signal]);
    if (!comesPrepared(reference)) start(shape, until, 0);
    else
      void prepared.load(reference, until).then(() => {
        if (!until.aborted) start(shape, until, 0);
      });
  }

  /** Whether the first rows of a project's shape come from the copy that the server prepares. */
  function comesPrepared(reference: ShapeReference): boolean {
    if (shapes[reference.name].scope !== 'project') return false;
    const state = writer.shapes.get(formatShapeReference(reference)) ?? newShape;
    if (state.offset !== '-1' || state.refetching) return false;
    if (state.prepared !== null) return true;
    const project = workingSet.projects.get(reference.scopeId ?? '');
    // A project that came after the sizes is new and small, unless a person chose it: it may have been filled meanwhile.
    const assets = project?.assetCount ?? (project?.choice === 'pinned' ? Number.POSITIVE_INFINITY : 0);
    return assets >= (options.preparedAssets ?? PREPARED_ASSETS);
  }

  /** Moves a shape to its next state, which decides whether batches wait for it and whether it counts as behind. */
  function tell(shape: FollowedShape, event: FollowEvent): void {
    const { text, state: former } = shape;
    // A refetch has replaced the stream that this event comes from.
    if ((followed.get(text) ?? shape) !== shape) return;
    shape.state = nextState(followStates, former, event);
    if (shape.state === 'catchingUp') rounds.begin(text);
    else if (shape.state !== 'current') rounds.end(text);
    if (shape.state === 'current' || shape.state === 'unfollowed') progress.caughtUp(text);
    else progress.fellBehind(text);
  }

  function start(shape: FollowedShape, until: AbortSignal, attempt: number): void {
    const { reference, text } = shape;
    let failures = attempt;
    followShape({
      server: options.server,
      reference,
      state: writer.shapes.get(text) ?? newShape,
      fetch: {
        reference: text,
        fetch: options.fetch,
        gate,
        connection,
        limit,
        onHold: () => rounds.end(text),
        onRelease: () => tell(shape, 'released'),
        onFailure: () => tell(shape, 'requestFailed'),
      },
      onBatch: async (batch) => {
        await rounds.deliver(batch, until);
        failures = 0;
        if (batch.upToDateLsn !== null && !until.aborted) tell(shape, 'caughtUp');
      },
      onRefetch: async () => {
        tell(shape, 'startedOver');
        if ((writer.shapes.get(text) ?? newShape).offset !== '-1') await writer.refetch(reference);
      },
      onError: (error) => {
        tell(shape, 'applyFailed');
        options.onProblem(error);
        void restart(shape, until, failures);
      },
      signal: until,
    });
  }

  /** Fetches a shape from its start after a batch could not be applied: a row may be missing here. */
  async function restart(shape: FollowedShape, until: AbortSignal, attempt: number): Promise<void> {
    await connection.beforeRetry(attempt, until);
    if (until.aborted) return;
    await writer.refetch(shape.reference).catch(options.onProblem);
    if (until.aborted) return;
    tell(shape, 'restarted');
    start(shape, until, attempt + 1);
  }

  /** Follows the shapes of the current projects and packages and drops all others; one run after the other. */
  function followScopes(): Promise<void> {
    following = following.then(updateScopes).catch(options.onProblem);
    return following;
  }

  async function updateScopes(): Promise<void> {
    const { projects, packages } = await options.readKnownScopes();
    const kept = workingSet.decide(projects);
    const references = [...kept].flatMap(projectShapes);
    const wanted = new Map(references.map((reference) => [formatShapeReference(reference), reference]));
    const packagesLoaded = typeof writer.shapes.get('packages')?.lsn === 'bigint';
    const before = followed.size;
    const gone: ShapeReference[] = [];
    for (const text of new Set([...followed.keys(), ...writer.shapes.keys()])) {
      const reference = parseShapeReference(text);
      const scope = reference ? shapes[reference.name].scope : 'library';
      if (reference === null || (scope !== 'project' && scope !== 'package')) continue;
      // An opened package is remembered as a shape; the package itself may not have arrived yet.
      if (scope === 'package' && kept.has(packages.get(reference.scopeId ?? '') ?? '')) wanted.set(text, reference);
      if (wanted.has(text) || (scope === 'package' && !packagesLoaded)) continue;
      gone.push(reference);
      const shape = followed.get(text);
      if (!shape) continue;
      shape.stop.abort();
      followed.delete(text);
      tell(shape, 'dropped');
    }
    if (gone.length > 0) {
      await writer.drop(gone);
      options.onDrop();
    }
    for (const [text, reference] of wanted) if (!followed.has(text)) follow(reference);
    if (gone.length > 0 || followed.size !== before) doorbell.listenFor([...followed.keys()]);
  }

  for (const name of shapesOf('library')) follow({ name });
  follow({ name: 'mutations', scopeId: options.client });
  doorbell.listenFor([...followed.keys()]);
  await followScopes();

  const poll = setInterval(() => {
    if (!doorbell.connected) gate.nudgeHeld();
  }, POLL_MS);
  signal.addEventListener('abort', () => clearInterval(poll), { once: true });

  return {
    get references() {
      return new Set(followed.keys());
    },
    get settled() {
      return unfollowed === 0 && !workingSet.undecided;
    },
    get current() {
      return doorbell.connected && progress.current;
    },
    isLate: progress.isLate,
    get projects() {
      return workingSet.projects;
    },
    async reconsider() {
      await followScopes();
      options.onFollow();
    },
    released() {
      if (workingSet.mayRelease) void followScopes().then(options.onFollow);
    },
    prefer: prepared.prefer,
    async needMetadata(packageId) {
      void options.readKnownScopes().then(({ packages }) => prepared.prefer(packages.get(packageId) ?? ''));
      const reference = { name: 'asset_metadata', scopeId: packageId } as const;
      if (writer.shapes.has(formatShapeReference(reference))) return;
      await writer.begin(reference);
      void followScopes().then(options.onFollow);
    },
    nudge: gate.nudge,
    async refetch(reference) {
      const text = formatShapeReference(reference);
      const shape = followed.get(text);
      if (!shape) return;
      shape.stop.abort();
      tell(shape, 'refetched');
      await writer.refetch(reference);
      // The project may have been dropped in the meantime.
      if (followed.get(text) === shape) follow(reference);
    },
  };
}

function isPlace(name: ShapeName): boolean {
  return name === 'projects' || name === 'packages';
}
