/** Keeps what a replica does of its own accord from what people wait for when it has just opened. */

export interface FirstReads {
  /** Tabs can ask from now on. */
  begin(): void;
  /** Resolves when the first questions have their answers, or none are asked. */
  readonly over: Promise<void>;
  /** Takes note of a question until it has its answer. */
  watch<Answer>(answer: Promise<Answer>): Promise<Answer>;
}

/** Milliseconds for which a tab may think about what to ask first, and next. */
const FIRST_MS = 1000;
const NEXT_MS = 100;
/** What comes later than this waits its turn. */
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
