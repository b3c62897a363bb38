/**
 * All shapes that a replica follows: the library's, its own mutations, those of each project that this
 * device keeps, and the metadata of the packages that were opened here.
 */
import type { ServerState } from '@ingesthub/schema/server-state.ts';
import {
  formatShapeReference,
  parseShapeReference,
  type ShapeName,
  type ShapeReference,
  shapes,
  shapesOf,
} from '@ingesthub/schema/shapes.ts';
import type { Connection } from './connection.ts';
import { createDoorbell } from './doorbell.ts';
import { followShape } from './follow-shape.ts';
import { createLiveGate } from './live-gate.ts';
import { createProgress } from './progress.ts';
import type { Places } from './read-places.ts';
import { createRounds } from './rounds.ts';
import { newShape } from './shape-states.ts';
import { createSlots } from './slots.ts';
import { createWorkingSet, projectShapes, type WorkingSet, type WorkingSetOptions } from './working-set.ts';
import type { Writer } from './writer.ts';

export interface FollowLibraryOptions extends Omit<WorkingSetOptions, 'isFollowed'> {
  /** Origin of the server. */
  readonly server: string;
  readonly client: string;
  readonly fetch: typeof fetch;
  readonly connection: Connection;
  readonly writer: Writer;
  readonly readPlaces: () => Promise<Places>;
  /** How the server stands has changed. */
  readonly onState: (state: ServerState) => void;
  /** The server was heard just now. */
  readonly onBeat: () => void;
  /** All that the server has told of is here. */
  readonly onCaughtUp: () => void;
  /** Other shapes are followed than before, or are late. */
  readonly onFollow: () => void;
  /** Rows of what is no longer kept are gone. */
  readonly onDrop: () => void;
  readonly onProblem: (error: unknown) => void;
  readonly signal: AbortSignal;
}

export interface FollowedLibrary {
  /** References of the shapes that are followed. */
  readonly references: ReadonlySet<string>;
  /** Whether it is decided of each project that has arrived whether it is followed, and done. */
  readonly settled: boolean;
  /** Whether the server is listened to, and all that it has told of is here. */
  readonly current: boolean;
  /** Whether a shape has been behind the server for more than a moment. */
  isLate(reference: string): boolean;
  /** Those that the server knows of. */
  readonly projects: WorkingSet['projects'];
  /** What decides which projects are kept has changed. */
  reconsider(): Promise<void>;
  /** Mutations were confirmed: a project that waits for that may go. */
  released(): void;
  /** Follows a package's metadata from now on, until the package is gone; also after a restart, once this has resolved. */
  needMetadata(packageId: string): Promise<void>;
  /** Asks for the present position of a shape that may not have moved. */
  nudge(reference: string): void;
  /** Reads a shape from its start; its rows stay until the new ones are complete. */
  refetch(reference: ShapeReference): Promise<void>;
}

const FETCHES_AT_A_TIME = 3;
/** Milliseconds between looks at the shapes while nobody rings. */
const POLL_MS = 20_000;

export async function followLibrary(options: FollowLibraryOptions): Promise<FollowedLibrary> {
  const { writer, connection, signal } = options;
  const gate = createLiveGate();
  const slots = createSlots(FETCHES_AT_A_TIME);
  const followed = new Map<string, AbortController>();
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
        void followPlaces().finally(() => {
          unfollowed--;
          options.onFollow();
        });
      }
    }
  });
  const doorbell = createDoorbell({ ...options, onRing: gate.ring });
  const progress = createProgress({ onLate: options.onFollow, onCaughtUp: options.onCaughtUp, signal });

  function follow(reference: ShapeReference): void {
    const text = formatShapeReference(reference);
    const stop = new AbortController();
    followed.set(text, stop);
    progress.fellBehind(text);
    start(reference, AbortSignal.any([signal, stop.signal]), 0);
  }

  function start(reference: ShapeReference, until: AbortSignal, attempt: number): void {
    const text = formatShapeReference(reference);
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
        slots,
        onRelease() {
          rounds.begin(text);
          progress.fellBehind(text);
        },
        onFailure: () => rounds.end(text),
      },
      onBatch: async (batch) => {
        await rounds.deliver(batch, until);
        failures = 0;
        if (batch.upToDateLsn !== null && !until.aborted) progress.caughtUp(text);
      },
      onRefetch: async () => {
        rounds.end(text);
        if ((writer.shapes.get(text) ?? newShape).offset !== '-1') await writer.refetch(reference);
      },
      onError: (error) => {
        rounds.end(text);
        options.onProblem(error);
        void restart(reference, until, failures);
      },
      signal: until,
    });
  }

  /** What could not be applied is fetched again from the start: a row may be missing here. */
  async function restart(reference: ShapeReference, until: AbortSignal, attempt: number): Promise<void> {
    await connection.beforeRetry(attempt, until);
    if (until.aborted) return;
    await writer.refetch(reference).catch(options.onProblem);
    if (!until.aborted) start(reference, until, attempt + 1);
  }

  /** Follows what belongs to the projects and packages that there are now, and forgets what does not; one run after the other. */
  function followPlaces(): Promise<void> {
    following = following.then(updatePlaces).catch(options.onProblem);
    return following;
  }

  async function updatePlaces(): Promise<void> {
    const { projects, packages } = await options.readPlaces();
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
      // What was opened here once is remembered as a shape; its package may not have arrived yet.
      if (scope === 'package' && kept.has(packages.get(reference.scopeId ?? '') ?? '')) wanted.set(text, reference);
      if (wanted.has(text) || (scope === 'package' && !packagesLoaded)) continue;
      followed.get(text)?.abort();
      followed.delete(text);
      rounds.end(text);
      progress.caughtUp(text);
      gone.push(reference);
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
  await followPlaces();

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
      await followPlaces();
      options.onFollow();
    },
    released() {
      if (workingSet.mayRelease) void followPlaces().then(options.onFollow);
    },
    async needMetadata(packageId) {
      const reference = { name: 'asset_metadata', scopeId: packageId } as const;
      if (writer.shapes.has(formatShapeReference(reference))) return;
      await writer.begin(reference);
      void followPlaces().then(options.onFollow);
    },
    nudge: gate.nudge,
    async refetch(reference) {
      const text = formatShapeReference(reference);
      const stop = followed.get(text);
      if (!stop) return;
      stop.abort();
      rounds.end(text);
      await writer.refetch(reference);
      // Its project may have gone meanwhile.
      if (followed.get(text) === stop) follow(reference);
    },
  };
}

function isPlace(name: ShapeName): boolean {
  return name === 'projects' || name === 'packages';
}
