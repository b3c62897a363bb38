/** Answers lists' questions from scopes that are held in memory beside SQL. */

import type { KnownRows, MirrorQuestion, MirrorReply, Scope } from '../model/mirror-questions.ts';
import type { ReplicaChange } from '../model/replica.ts';
import { type Copy, OpenScope } from './open-scope.ts';
import { Turns } from './turns.ts';

export interface MirrorOptions {
  readonly copy: Copy;
  /** Calls back after each commit; returns a function that stops it. */
  readonly onChange: (listener: (change: ReplicaChange) => void) => () => void;
  /** Bytes that all scopes may take together. */
  readonly memory?: number;
  /** Milliseconds after its last question when a scope is closed. */
  readonly idle?: number;
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
  close(): void;
}

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

export function createMirror({ copy, onChange, memory = MEMORY, idle = IDLE_MS }: MirrorOptions): Mirror {
  const turns = new Turns();
  /** By scope, the least recently asked first. */
  const entries = new Map<string, Entry>();
  /** The latest question of each asker. */
  const latest = new Map<string, symbol>();
  const stop = onChange((change) => {
    for (const { scope } of entries.values()) scope.hear(change);
  });
  const timer = setInterval(closeIdle, Math.min(idle, 10_000));

  function enter(scope: Scope): Entry {
    const key = scope.kind === 'library' ? scope.kind : `${scope.kind} ${scope.id}`;
    const known = entries.get(key);
    entries.delete(key);
    const entry =
      known && !known.scope.closed ? known : { scope: new OpenScope(scope, copy, turns), asking: 0, askedAt: 0 };
    entries.set(key, entry);
    entry.askedAt = performance.now();
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

  return {
    async ask(question, asker, known) {
      const turn = Symbol(asker);
      latest.set(asker, turn);
      const entry = enter(question.scope);
      const { scope } = entry;
      entry.asking += 1;
      try {
        const answer = await work(scope, question, () => latest.get(asker) !== turn);
        if (answer === null) return null;
        const from = known?.generation === scope.generation ? Math.min(known.rows, scope.table.rows) : 0;
        return { answer, generation: scope.generation, from, ids: scope.table.ids.bytesFrom(from) };
      } finally {
        entry.asking -= 1;
        entry.askedAt = performance.now();
        if (latest.get(asker) === turn) latest.delete(asker);
        makeRoom();
      }
    },
    close() {
      stop();
      clearInterval(timer);
      for (const [key, entry] of entries) leave(key, entry);
      turns.close();
    },
  };
}
