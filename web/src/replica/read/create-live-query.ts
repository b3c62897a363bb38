/** Rows of the replica that stay current. */
import type { Statement } from '@ingesthub/schema/mutations/mutator.ts';
import { batch, createComputed, createSignal, onCleanup } from 'solid-js';
import { createStore, reconcile } from 'solid-js/store';
import type { Replica } from '../model/replica.ts';
import { makeRerun, nextAnimationFrame } from './rerun.ts';
import { mayTouch, type TableRead } from './table-reads.ts';

export interface LiveQueryInput {
  readonly statement: Statement;
  /** The statement runs again only when a change may touch one of these. */
  readonly reads: readonly TableRead[];
}

export interface LiveQuery<Row extends object> {
  /** Returns the rows; until the first result for new inputs arrives, those of the previous inputs. */
  (): readonly Row[];
  /** Whether the rows still belong to the previous inputs; a re-run after a change does not count. */
  readonly loading: boolean;
  /** Why the latest run failed; the rows are then those of the run before. */
  readonly error: Error | null;
  /** Runs the query again; resolves once the rows come from a run that began after this call. */
  refresh(): Promise<void>;
}

export interface LiveQueryOptions<Row extends object> {
  /** The column that identifies a row across runs; `null`: each run yields new row objects. Default `id`. */
  readonly key?: string | null;
  /** Returns rows already known when the inputs change, shown until the result arrives; null: none. */
  readonly known?: () => Row[] | null;
}

/**
 * Runs a read now, when its inputs change, and when a commit may touch what it reads; at most once per
 * frame, one run at a time. Unchanged rows keep their identity, so the views of those rows do not update.
 *
 * @param input tracked; `null` runs nothing and empties the rows.
 */
export function createLiveQuery<Row extends object>(
  replica: Pick<Replica, 'query' | 'onChange'>,
  input: () => LiveQueryInput | null,
  options: LiveQueryOptions<Row> = {},
): LiveQuery<Row> {
  const key = options.key === undefined ? 'id' : options.key;
  const [state, setState] = createStore<{ rows: Row[] }>({ rows: [] });
  const [plain, setPlain] = createSignal<Row[]>([]);
  const [loading, setLoading] = createSignal(false);
  const [error, setError] = createSignal<Error | null>(null);
  let current: LiveQueryInput | null = null;
  let waiting: (() => void)[] = [];

  const rerun = makeRerun(async () => {
    const asked = current;
    const waited = waiting;
    waiting = [];
    if (asked !== null) await read(asked);
    for (const resolve of waited) resolve();
  }, nextAnimationFrame);

  async function read(asked: LiveQueryInput): Promise<void> {
    let rows: Row[] | null = null;
    let failure: Error | null = null;
    try {
      rows = await replica.query<Row>(asked.statement);
    } catch (cause) {
      failure = cause instanceof Error ? cause : new Error(String(cause), { cause });
    }
    if (asked === current) show(rows, failure);
  }

  function show(rows: Row[] | null, failure: Error | null): void {
    batch(() => {
      if (rows !== null && key === null) setPlain(rows);
      else if (rows !== null) setState('rows', reconcile(rows, { key }));
      setError(failure);
      setLoading(false);
    });
  }

  createComputed(() => {
    current = input();
    if (current === null) return show([], null);
    const known = options.known?.() ?? null;
    if (known === null) setLoading(true);
    else show(known, null);
    rerun.request();
  });

  const stopListening = replica.onChange((change) => {
    if (current !== null && mayTouch(change, current.reads)) rerun.request();
  });
  onCleanup(() => {
    current = null;
    stopListening();
    rerun.dispose();
    for (const resolve of waiting) resolve();
  });

  function refresh(): Promise<void> {
    if (current === null) return Promise.resolve();
    return new Promise((resolve) => {
      waiting.push(resolve);
      rerun.request();
    });
  }

  const rows: Partial<LiveQuery<Row>> & (() => readonly Row[]) = () => (key === null ? plain() : state.rows);
  return Object.defineProperties(rows, {
    loading: { get: loading },
    error: { get: error },
    refresh: { value: refresh },
  }) as LiveQuery<Row>;
}
