/** A server answer that follows a changing question; a new question aborts the request for the previous one. */
import { createComputed, createSignal, onCleanup } from 'solid-js';
import { describeError } from '../replica/model/describe-error.ts';
import { createQuestion } from './create-question.ts';

export interface Answered<Answer> {
  /** The answer to the current question; null while there is no answer or no question. */
  (): Answer | null;
  readonly loading: boolean;
  /** Why there is no answer, as a user-facing message. */
  readonly problem: string | null;
}

/**
 * @param question tracked; null sends no request.
 * @param pauseMs debounces the question, for text that is being typed.
 */
export function createAnswer<Question, Answer>(
  question: () => Question | null,
  ask: (question: Question, signal: AbortSignal) => Promise<Answer>,
  pauseMs = 0,
): Answered<Answer> {
  const [answer, setAnswer] = createSignal<Answer | null>(null);
  const [loading, setLoading] = createSignal(false);
  const [problem, setProblem] = createSignal<string | null>(null);

  const present = createQuestion(question);
  createComputed(() => {
    const asked = present();
    const ending = new AbortController();
    setAnswer(null);
    setProblem(null);
    setLoading(asked !== null);
    if (asked === null) return;
    const timer = setTimeout(() => {
      ask(asked, ending.signal).then(
        (found) => {
          if (ending.signal.aborted) return;
          setAnswer(() => found);
          setLoading(false);
        },
        (error: unknown) => {
          if (ending.signal.aborted) return;
          setProblem(describeError(error));
          setLoading(false);
        },
      );
    }, pauseMs);
    onCleanup(() => {
      clearTimeout(timer);
      ending.abort();
    });
  });

  return Object.defineProperties(() => answer(), {
    loading: { get: loading },
    problem: { get: problem },
  }) as Answered<Answer>;
}
