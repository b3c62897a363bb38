/** Holds back the replica's background work until a newly opened app has read what people are waiting for. */

export interface FirstReads {
  /** Tabs can send queries from now on. */
  begin(): void;
  /** Resolves when the first queries have been answered, or when none arrive. */
  readonly over: Promise<void>;
  /** Tracks a query until it is answered. */
  watch<Answer>(answer: Promise<Answer>): Promise<Answer>;
}

/** Milliseconds to wait for a tab's first query, and for each further one. */
const FIRST_MS = 1000;
const NEXT_MS = 100;
/** Milliseconds after which background work starts in any case. */
const MOST_MS = 3000;

export function createFirstReads(): FirstReads {
  const { promise, resolve } = Promise.withResolvers<void>();
  let running = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function ended(): void {
    running--;
    if (running === 0) timer = setTimeout(resolve, NEXT_MS);
  }
  return {
    begin() {
      timer = setTimeout(resolve, FIRST_MS);
      setTimeout(resolve, MOST_MS);
    },
    over: promise,
    watch(answer) {
      running++;
      clearTimeout(timer);
      answer.then(ended, ended);
      return answer;
    },
  };
}
