/** All shapes that a replica follows: the library's, its own mutations, and each known project's assets. */
import { formatShapeReference, type ShapeName, type ShapeReference, shapes } from '@ingesthub/schema/shapes.ts';
import type { Connection } from './connection.ts';
import { createDoorbell } from './doorbell.ts';
import { followShape } from './follow-shape.ts';
import { createLiveGate } from './live-gate.ts';
import { createRounds } from './rounds.ts';
import { referenceText } from './shape-batch.ts';
import { newShape } from './shape-states.ts';
import { createSlots } from './slots.ts';
import type { Writer } from './writer.ts';

export interface FollowLibraryOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly client: string;
  readonly fetch: typeof fetch;
  readonly connection: Connection;
  readonly writer: Writer;
  /** The projects that the replica knows. */
  readonly readProjectIds: () => Promise<string[]>;
  /** The server was heard just now. */
  readonly onBeat: () => void;
  /** Other shapes are followed than before. */
  readonly onFollow: () => void;
  readonly onProblem: (error: unknown) => void;
  readonly signal: AbortSignal;
}

export interface FollowedLibrary {
  /** References of the shapes that are followed. */
  readonly references: ReadonlySet<string>;
  /** Whether the projects that have arrived are all followed. */
  readonly settled: boolean;
  /** Asks for the present position of a shape that may not have moved. */
  nudge(reference: string): void;
}

const FETCHES_AT_A_TIME = 3;
/** Milliseconds between looks at the shapes while nobody rings. */
const POLL_MS = 20_000;

export async function followLibrary(options: FollowLibraryOptions): Promise<FollowedLibrary> {
  const { writer, connection, signal } = options;
  const gate = createLiveGate();
  const slots = createSlots(FETCHES_AT_A_TIME);
  const followed = new Map<string, AbortController>();
  let unfollowedProjects = 0;
  let followingProjects: Promise<void> = Promise.resolve();
  const rounds = createRounds(async (batches) => {
    // A project may have gone while its batch waited.
    const wanted = batches.filter((batch) => followed.has(referenceText(batch)));
    const projects = wanted.some(({ reference, changes }) => reference.name === 'projects' && changes.length > 0);
    if (projects) unfollowedProjects++;
    try {
      await writer.apply(wanted);
    } finally {
      if (projects) {
        void followProjects().finally(() => {
          unfollowedProjects--;
          options.onFollow();
        });
      }
    }
  });
  const doorbell = createDoorbell({ ...options, onRing: gate.ring });

  function follow(reference: ShapeReference): void {
    const text = formatShapeReference(reference);
    const stop = new AbortController();
    followed.set(text, stop);
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
        onRelease: () => rounds.begin(text),
        onFailure: () => rounds.end(text),
      },
      onBatch: async (batch) => {
        await rounds.deliver(batch);
        failures = 0;
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
    await writer.refetch(reference).catch(options.onProblem);
    if (!until.aborted) start(reference, until, attempt + 1);
  }

  /** Follows the projects that there are now, and forgets those that are gone; one run after the other. */
  function followProjects(): Promise<void> {
    followingProjects = followingProjects.then(updateProjects).catch(options.onProblem);
    return followingProjects;
  }

  async function updateProjects(): Promise<void> {
    const references = (await options.readProjectIds()).map((scopeId) => ({ name: 'assets', scopeId }) as const);
    const wanted = new Map(references.map((reference) => [formatShapeReference(reference), reference]));
    const before = followed.size;
    let gone = 0;
    for (const text of new Set([...followed.keys(), ...writer.shapes.keys()])) {
      const scopeId = /^assets\?project=(.+)$/.exec(text)?.[1];
      if (scopeId === undefined || wanted.has(text)) continue;
      followed.get(text)?.abort();
      if (followed.delete(text)) gone++;
      rounds.end(text);
      await writer.drop({ name: 'assets', scopeId });
    }
    for (const [text, reference] of wanted) if (!followed.has(text)) follow(reference);
    if (gone === 0 && followed.size === before) return;
    doorbell.listenFor([...followed.keys()]);
  }

  const library = (Object.keys(shapes) as ShapeName[]).filter((name) => shapes[name].scope === 'library');
  for (const name of library) follow({ name });
  follow({ name: 'mutations', scopeId: options.client });
  doorbell.listenFor([...followed.keys()]);
  await followProjects();

  const poll = setInterval(() => {
    if (!doorbell.connected && connection.online) gate.nudgeHeld();
  }, POLL_MS);
  signal.addEventListener('abort', () => clearInterval(poll), { once: true });

  return {
    get references() {
      return new Set(followed.keys());
    },
    get settled() {
      return unfollowedProjects === 0;
    },
    nudge: gate.nudge,
  };
}
