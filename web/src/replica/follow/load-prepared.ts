/**
 * Loads projects that are added to a device in use, from the copies that the server prepares: one project at a time, the one
 * that a person looks at first, and a few rows at a time, so that reads are answered in between.
 */
import type { Offset } from '@electric-sql/client';
import { formatShapeReference, type ShapeReference, shapes, shapesOf } from '@ingesthub/schema/library/shapes.ts';
import {
  type PreparedProject,
  type PreparedShape,
  preparedProject,
} from '@ingesthub/schema/replica/prepared-project.ts';
import pLimit from 'p-limit';
import { newShape } from '../model/shape-states.ts';
import type { Connection } from '../network/connection.ts';
import type { Writer } from '../write/writer.ts';
import { createPortions } from './portions.ts';

export interface PreparedLoaderOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly fetch: typeof fetch;
  readonly connection: Connection;
  readonly writer: Pick<Writer, 'shapes' | 'load' | 'refetch'>;
  readonly onProblem: (error: unknown) => void;
}

export interface PreparedLoader {
  /**
   * Resolves when the shape can be followed: it has the prepared rows, or the server has none for it.
   *
   * @param until aborts when the shape is no longer wanted.
   */
  load(reference: ShapeReference, until: AbortSignal): Promise<void>;
  /** A person looks at this project: it comes before the others. */
  prefer(projectId: string): void;
}

/** Milliseconds that a read should wait for rows that are being written. */
const PORTION_MS = 80;
/** Rows of the first portion, of the least and of the most. A commit costs as much as a hundred rows. */
const ROWS = { first: 500, least: 400, most: 20_000 } as const;

interface Wanted {
  readonly reference: ShapeReference;
  readonly until: AbortSignal;
  readonly settle: PromiseWithResolvers<void>;
}

interface Job {
  readonly projectId: string;
  readonly wanted: Wanted[];
  /** Does a little of the work each time it is asked. */
  readonly steps: AsyncGenerator<void, void>;
}

export function createPreparedLoader(options: PreparedLoaderOptions): PreparedLoader {
  const { server, fetch, connection, writer } = options;
  // The server makes one copy at a time, and a browser has few connections.
  const asking = pLimit(1);
  let jobs: Job[] = [];
  let preferred: readonly string[] = [];
  let running = false;
  let portion: number = ROWS.first;

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    for (let job = next(); job !== undefined; job = next()) {
      const { done } = await job.steps.next();
      if (done !== true) continue;
      jobs = jobs.filter((other) => other !== job);
      for (const { settle } of job.wanted) settle.resolve();
    }
    running = false;
  }

  function next(): Job | undefined {
    for (const id of preferred) {
      const job = jobs.find(({ projectId }) => projectId === id);
      if (job) return job;
    }
    return jobs[0];
  }

  /** Asks for a project's copy ahead of its turn: the server may have to make it. */
  async function ask(projectId: string, wanted: readonly Wanted[]): Promise<PreparedProject | null> {
    const isWanted = () => wanted.some(({ until }) => !until.aborted);
    const begun = wanted.flatMap(({ reference }) => stateOf(reference).prepared?.id ?? [])[0];
    const url = `${addressOf(projectId)}${begun === undefined ? '' : `?id=${begun}`}`;
    const answer = await patiently(url, isWanted, (response) => response.json());
    return answer === null ? null : (preparedProject.safeParse(answer).data ?? null);
  }

  async function* loadProject(
    projectId: string,
    wanted: readonly Wanted[],
    asked: Promise<PreparedProject | null>,
  ): AsyncGenerator<void, void> {
    const address = addressOf(projectId);
    const project = await asked;
    yield;
    for (const { reference, until, settle } of wanted) {
      try {
        if (!until.aborted) yield* loadShape(address, project, { reference, until });
      } catch (error) {
        options.onProblem(error);
        if (!until.aborted) await writer.refetch(reference).catch(options.onProblem);
      }
      settle.resolve();
    }
  }

  async function* loadShape(
    address: string,
    project: PreparedProject | null,
    { reference, until }: Pick<Wanted, 'reference' | 'until'>,
  ): AsyncGenerator<void, void> {
    const { prepared } = stateOf(reference);
    const shape = project?.shapes.find(({ name }) => name === reference.name);
    const { columns } = shapes[reference.name];
    const fits = project !== null && shape?.columns.join() === columns.join();
    if (!fits || (prepared !== null && prepared.id !== project.id)) {
      // The rest of what was begun is gone: the shape itself brings what is missing and removes what is too much.
      if (prepared !== null) await writer.refetch(reference);
      return;
    }
    yield* loadChunks(`${address}/${project.id}/${shape.name}`, { id: project.id, shape, reference, until });
  }

  async function* loadChunks(
    address: string,
    { id, shape, reference, until }: { id: string; shape: PreparedShape } & Pick<Wanted, 'reference' | 'until'>,
  ): AsyncGenerator<void, void> {
    const end = { offset: shape.offset as Offset, handle: shape.handle };
    const fetchChunk = (index: number) =>
      patiently(
        `${address}/${index}`,
        () => !until.aborted,
        async (response) => new Uint8Array(await response.arrayBuffer()),
      );
    let done = stateOf(reference).prepared?.rows ?? 0;
    let first = 0;
    let before = 0;
    for (const { rows } of shape.chunks) {
      if (before + rows > done) break;
      before += rows;
      first++;
    }
    const total = shape.chunks.reduce((sum, { rows }) => sum + rows, 0);
    let coming = first < shape.chunks.length ? fetchChunk(first) : null;
    for (let index = first; index < shape.chunks.length; index++) {
      const chunk = await coming;
      if (until.aborted) return;
      if (chunk === null) throw new Error(`A part of the prepared project ${id} is gone.`);
      coming = index + 1 < shape.chunks.length ? fetchChunk(index + 1) : null;
      // Its failure is met when its turn comes.
      coming?.catch(() => {});
      const portions = createPortions(chunk, shape.columns, done - before);
      for (let taken = portions.take(portion); taken !== null; taken = portions.take(portion)) {
        done += taken.count;
        const next = done === total ? end : { prepared: { id, rows: done } };
        adapt(taken.count, await writer.load({ reference, ...taken, next }));
        await messagesHeard();
        yield;
        if (until.aborted) return;
      }
      before += shape.chunks[index]?.rows ?? 0;
    }
    if (total === 0) await writer.load({ reference, copy: new Blob(), count: 0, packages: new Set(), next: end });
  }

  function adapt(rows: number, ms: number): void {
    // At most doubled, because one quick portion says little.
    const wanted = Math.min((rows * PORTION_MS) / Math.max(1, ms), rows * 2);
    portion = Math.round(Math.min(ROWS.most, Math.max(ROWS.least, wanted)));
  }

  function addressOf(projectId: string): string {
    return `${server}/api/prepared-projects/${projectId}`;
  }

  function stateOf(reference: ShapeReference) {
    return writer.shapes.get(formatShapeReference(reference)) ?? newShape;
  }

  /** Fetches until an answer is whole. @returns null when the server has none, or it is no longer wanted. */
  async function patiently<Answer>(
    url: string,
    isWanted: () => boolean,
    read: (response: Response) => Promise<Answer>,
  ): Promise<Answer | null> {
    const never = new AbortController();
    for (let attempt = 0; isWanted(); attempt++) {
      try {
        const response = await fetch(url, { cache: 'no-store' });
        connection.answered(response.status);
        // The server is still at work.
        if (response.status === 202) continue;
        return response.ok ? await read(response) : null;
      } catch {
        if (!isWanted()) return null;
        connection.failed();
        await connection.beforeRetry(attempt, never.signal);
      }
    }
    return null;
  }

  return {
    load(reference, until) {
      const projectId = reference.scopeId ?? '';
      const settle = Promise.withResolvers<void>();
      let job = jobs.find(
        (other) => other.projectId === projectId && !other.wanted.some(({ until: { aborted } }) => aborted),
      );
      if (!job) {
        const wanted: Wanted[] = [];
        const asked = asking(() => ask(projectId, wanted));
        job = { projectId, wanted, steps: loadProject(projectId, wanted, asked) };
        jobs.push(job);
      }
      job.wanted.push({ reference, until, settle });
      until.addEventListener('abort', () => settle.resolve(), { once: true });
      void run();
      return settle.promise;
    },
    prefer(projectId) {
      preferred = [projectId, ...preferred.filter((id) => id !== projectId)].slice(0, shapesOf('project').length);
    },
  };
}

/** Lets the worker receive what tabs have sent: a read that is asked for now comes before the next rows. */
function messagesHeard(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
