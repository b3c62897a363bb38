/** Answers lists' questions from scopes that are held in memory beside SQL. */

import type { KnownRows, MirrorQuestion, MirrorReply, Scope } from '../model/mirror-questions.ts';
import type { ReplicaChange } from '../model/replica.ts';
import { type Copy, OpenScope } from './open-scope.ts';
import { KEPT_SCOPES, keyOf, type ScopeFiles } from './scope-files.ts';
import { Turns } from './turns.ts';

export interface MirrorOptions {
  readonly copy: Copy;
  /** Calls back after each commit; returns a function that stops it. */
  readonly onChange: (listener: (change: ReplicaChange) => void) => () => void;
  /** Bytes that all scopes may take together. */
  readonly memory?: number;
  /** Milliseconds after its last question when a scope is closed. */
  readonly idle?: number;
  /** Keeps large scopes between openings; absent: none is kept. */
  readonly keep?: KeepOptions;
}

interface KeepOptions {
  readonly files: ScopeFiles;
  /** Calls back when every commit is on disk and has been announced. */
  readonly between: (work: () => void) => Promise<void>;
  /** Assets from which on a scope is kept. */
  readonly least?: number;
  /** Milliseconds without a question or a commit after which scopes are written. */
  readonly quiet?: number;
}

export interface Mirror {
  /**
   * Answers a question as of all commits until now, or later ones.
   *
   * @param asker a later question of the same asker ends this one.
   * @param known the rows whose ids the asker knows.
   * @returns null when a later question of the asker has come.
   */
  ask(question: MirrorQuestion, asker: string, known: KnownRows | null): Promise<MirrorReply | null>;
  /** Writes one scope that should be kept. @returns whether there was one, and nothing came in between. */
  keepOne(): Promise<boolean>;
  close(): void;
}

/** Smaller scopes are read from SQL within a tenth of a second or two. */
const LEAST_KEPT = 5_000;
const QUIET_MS = 3_000;
/** Work on an answer after which other work has a turn. */
const WORK_MS = 8;
/** After this many changes in the middle of an answer, it runs through. */
const MOST_STARTS = 3;
/** 1,000,000 assets take about 130 MB. */
const MEMORY = 300_000_000;
const IDLE_MS = 120_000;

interface Entry {
  readonly scope: OpenScope;
  /** Questions that have no answer yet. */
  asking: number;
  askedAt: number;
}

export function createMirror({ copy, onChange, memory = MEMORY, idle = IDLE_MS, keep }: MirrorOptions): Mirror {
  const turns = new Turns();
  /** By scope, the least recently asked first. */
  const entries = new Map<string, Entry>();
  /** The latest question of each asker. */
  const latest = new Map<string, symbol>();
  let keeping = false;
  /** When a question or a commit came last. */
  let busyAt = performance.now();
  const stop = onChange((change) => {
    keep?.files.tell(change);
    busyAt = performance.now();
    for (const { scope } of entries.values()) scope.hear(change);
  });
  const timer = setInterval(closeIdle, Math.min(idle, 10_000));
  const quiet = keep?.quiet ?? QUIET_MS;
  const keepTimer = keep && setInterval(() => performance.now() - busyAt >= quiet && void keepOne(), quiet);

  function enter(scope: Scope): Entry {
    const key = keyOf(scope);
    const known = entries.get(key);
    entries.delete(key);
    const entry =
      known && !known.scope.closed
        ? known
        : { scope: new OpenScope(scope, copy, turns, () => keep?.files.read(scope) ?? null), asking: 0, askedAt: 0 };
    entries.set(key, entry);
    entry.askedAt = performance.now();
    keep?.files.asked(scope);
    return entry;
  }

  function leave(key: string, { scope }: Entry): void {
    entries.delete(key);
    scope.close();
  }

  function closeIdle(): void {
    for (const [key, entry] of entries) {
      if (entry.asking === 0 && performance.now() - entry.askedAt >= idle) leave(key, entry);
    }
  }

  async function keepOne(): Promise<boolean> {
    if (!keep || keeping) return false;
    const large = [...entries.values()].filter(({ scope }) => scope.table.rows >= (keep.least ?? LEAST_KEPT));
    const entry = large.slice(-KEPT_SCOPES).find((one) => keep.files.wants(one.scope.scope));
    if (!entry) return false;
    keeping = true;
    const { scope } = entry;
    const { version } = scope.table;
    const writing: Generator<void, void>[] = [];
    try {
      // In a transaction that is not announced yet, rows may have been read that a crash takes back.
      await keep.between(() => {
        const content = scope.table.version === version ? scope.content() : null;
        if (content === null) return;
        const steps = keep.files.write(scope.scope, content);
        writing.push(steps);
        steps.next();
      });
      const [steps] = writing;
      if (!steps) return false;
      do {
        await turns.next();
        if (scope.table.version !== version) return false;
      } while (steps.next().done !== true);
      return true;
    } catch (error) {
      // The device may be full.
      console.warn(error);
      return false;
    } finally {
      for (const steps of writing) steps.return();
      keeping = false;
    }
  }

  function makeRoom(): void {
    let bytes = 0;
    for (const { scope } of entries.values()) bytes += scope.byteLength;
    for (const [key, entry] of entries) {
      if (bytes <= memory) return;
      if (entry.asking > 0) continue;
      bytes -= entry.scope.byteLength;
      leave(key, entry);
    }
  }

  async function work(
    scope: OpenScope,
    question: MirrorQuestion,
    isOver: () => boolean,
  ): Promise<MirrorReply['answer'] | null> {
    const { table, answers } = scope;
    for (let start = 1; ; start++) {
      await scope.current();
      if (isOver()) return null;
      const { version } = table;
      const steps = answers.steps(question);
      let begun = performance.now();
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) return step.value;
        if (start > MOST_STARTS || performance.now() - begun < WORK_MS) continue;
        await turns.next();
        if (isOver()) return null;
        if (table.version !== version) break;
        begun = performance.now();
      }
    }
  }

  function isAtHand(scope: Scope): boolean {
    return entries.get(keyOf(scope))?.scope.filled === true || keep?.files.has(scope) === true;
  }

  return {
    keepOne,
    async ask(question, asker, known) {
      const turn = Symbol(asker);
      latest.set(asker, turn);
      if (question.atHand === true && !isAtHand(question.scope)) return null;
      const entry = enter(question.scope);
      const { scope } = entry;
      entry.asking += 1;
      try {
        const answer = await work(scope, question, () => latest.get(asker) !== turn);
        if (answer === null) return null;
        // Without an order, no row is named.
        if (answer.order.length === 0 && answer.pose?.sharpest == null)
          return { answer, generation: scope.generation, from: 0, ids: new Uint8Array(0) };
        const from = known?.generation === scope.generation ? Math.min(known.rows, scope.table.rows) : 0;
        return { answer, generation: scope.generation, from, ids: scope.table.ids.bytesFrom(from) };
      } finally {
        entry.asking -= 1;
        entry.askedAt = performance.now();
        if (latest.get(asker) === turn) latest.delete(asker);
        makeRoom();
        busyAt = entry.askedAt;
      }
    },
    close() {
      stop();
      clearInterval(timer);
      clearInterval(keepTimer);
      keep?.files.close();
      for (const [key, entry] of entries) leave(key, entry);
      turns.close();
    },
  };
}
