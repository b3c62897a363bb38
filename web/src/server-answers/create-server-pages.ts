/** Pages of rows from the server, loaded one after the other on request. */
import { createComputed, createSignal, onCleanup } from 'solid-js';
import { describeError } from '../replica/model/describe-error.ts';
import { createQuestion } from './create-question.ts';

export interface ServerPages<Row> {
  (): readonly Row[];
  readonly loading: boolean;
  /** Why there are no rows, or no further ones, as a user-facing message. */
  readonly problem: string | null;
  /** Whether the server may have more rows. */
  readonly hasMore: boolean;
  /** Requests the next page. */
  more(): void;
}

export interface ServerPagesOptions {
  readonly pageSize: number;
  /** Debounces the question, for text that is being typed. */
  readonly pauseMs: number;
}

/**
 * @param question tracked; a different question restarts at the first page, null sends no request.
 * @param ask requests the page after a row, or the first page after null.
 */
export function createServerPages<Question, Row>(
  question: () => Question | null,
  ask: (question: Question, after: Row | null, signal: AbortSignal) => Promise<readonly Row[]>,
  { pageSize, pauseMs }: ServerPagesOptions,
): ServerPages<Row> {
  const [rows, setRows] = createSignal<readonly Row[]>([]);
  const [loading, setLoading] = createSignal(false);
  const [problem, setProblem] = createSignal<string | null>(null);
  const [hasMore, setHasMore] = createSignal(false);
  let current: { readonly asked: Question; readonly signal: AbortSignal } | null = null;

  async function read(after: Row | null): Promise<void> {
    if (current === null) return;
    const { asked, signal } = current;
    setLoading(true);
    setProblem(null);
    try {
      const page = await ask(asked, after, signal);
      if (signal.aborted) return;
      setRows((before) => (after === null ? page : [...before, ...page]));
      setHasMore(page.length === pageSize);
    } catch (error) {
      if (signal.aborted) return;
      if (after === null) setRows([]);
      setProblem(describeError(error));
    }
    setLoading(false);
  }

  const present = createQuestion(question);
  createComputed(() => {
    const asked = present();
    const ending = new AbortController();
    current = asked === null ? null : { asked, signal: ending.signal };
    setHasMore(false);
    if (asked === null) {
      setRows([]);
      setProblem(null);
      setLoading(false);
      return;
    }
    setLoading(true);
    // The previous rows stay on the screen until the new ones arrive.
    const timer = setTimeout(() => void read(null), pauseMs);
    onCleanup(() => {
      clearTimeout(timer);
      ending.abort();
    });
  });

  return Object.defineProperties(() => rows(), {
    loading: { get: loading },
    problem: { get: problem },
    hasMore: { get: hasMore },
    more: {
      value: () => {
        const last = rows().at(-1);
        if (last !== undefined && hasMore() && !loading()) void read(last);
      },
    },
  }) as ServerPages<Row>;
}
