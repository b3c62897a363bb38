/** Holds back the replica's background work until a newly opened app has read what people are waiting for. */

export interface FirstReads {
  /** Tabs can send queries from now on. */
  begin(): void;
  /** Runs work when the first queries have been answered, or none have arrived; from then on at once. */
  after<Result>(work: () => Promise<Result>): Promise<Result>;
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
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function end(): void {
    over = true;
    resolve();
  }
  function ended(): void {
    running--;
    if (running === 0) timer = setTimeout(end, NEXT_MS);
  }
  return {
    begin() {
      timer = setTimeout(end, FIRST_MS);
      setTimeout(end, MOST_MS);
    },
    after: (work) => (over ? work() : promise.then(work)),
    watch(answer) {
      running++;
      clearTimeout(timer);
      answer.then(ended, ended);
      return answer;
    },
  };
}
