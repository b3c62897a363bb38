/** Answers of the mirror that follow a question and the library. */
import { batch, createComputed, createSignal, on, onCleanup } from 'solid-js';
import { describeError } from '../../replica/model/describe-error.ts';
import type { Replica } from '../../replica/model/replica.ts';
import { nextAnimationFrame } from '../../replica/read/rerun.ts';
import { mayTouch, type TableRead } from '../../replica/read/table-reads.ts';

export interface LiveAnswer<Question, Answer> {
  /** Returns the latest answer, which may be that of an earlier question; null: there is none. */
  (): { readonly question: Question; readonly answer: Answer } | null;
  /** Whether the present question has no answer yet. */
  readonly loading: boolean;
  /** Why the present question has no answer, as a user-facing message. */
  readonly problem: string | null;
}

/**
 * @param question tracked; null asks nothing and drops the answer.
 * @param ask resolves with null when a later question has ended it.
 * @param reads a commit that may touch one of these leads to a new answer, at most once per frame.
 */
export function createLiveAnswer<Question, Answer>(
  replica: Pick<Replica, 'onChange'>,
  question: () => Question | null,
  ask: (question: Question) => Promise<Answer | null>,
  reads: readonly TableRead[],
): LiveAnswer<Question, Answer> {
  const [latest, setLatest] = createSignal<{ readonly question: Question; readonly answer: Answer } | null>(null);
  const [loading, setLoading] = createSignal(false);
  const [problem, setProblem] = createSignal<string | null>(null);
  let current: Question | null = null;
  let cancelFrame: (() => void) | null = null;

  function run(asked: Question): void {
    ask(asked).then(
      (answer) => {
        if (asked !== current || answer === null) return;
        batch(() => {
          setLatest({ question: asked, answer });
          setProblem(null);
          setLoading(false);
        });
      },
      (error: unknown) => {
        if (asked !== current) return;
        setProblem(describeError(error));
        setLoading(false);
      },
    );
  }

  createComputed(
    on(question, (asked) => {
      current = asked;
      setProblem(null);
      setLoading(asked !== null);
      if (asked === null) setLatest(null);
      else run(asked);
    }),
  );
  const stopListening = replica.onChange((change) => {
    if (current === null || cancelFrame !== null || !mayTouch(change, reads)) return;
    cancelFrame = nextAnimationFrame(() => {
      cancelFrame = null;
      if (current !== null) run(current);
    });
  });
  onCleanup(() => {
    current = null;
    cancelFrame?.();
    stopListening();
  });
  return Object.defineProperties(() => latest(), {
    loading: { get: loading },
    problem: { get: problem },
  }) as LiveAnswer<Question, Answer>;
}
