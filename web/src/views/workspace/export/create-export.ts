/** One export at a time: its progress, its end, and how it is cancelled. */
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import { describeError } from '../../../replica/model/describe-error.ts';
import type { Work } from './rows/read-rows.ts';

type ExportState =
  | { readonly at: 'idle' }
  | { readonly at: 'running'; readonly done: number; readonly total: number }
  | { readonly at: 'done'; readonly sentence: string; readonly command: string | null }
  | { readonly at: 'failed'; readonly problem: string };

/** The sentence that a person reads when an export has ended. */
export interface Ending {
  readonly sentence: string;
  /** A command that uses the exported file; null: none. */
  readonly command?: string | null;
}

export interface ExportRun {
  readonly state: Accessor<ExportState>;
  /** Runs the work unless another one runs. @param failed begins the sentence about an error. */
  run(total: number, failed: string, work: (work: Work) => Promise<Ending>): Promise<void>;
  cancel(): void;
  /** Forgets how the last one ended. */
  clear(): void;
}

export function createExport(): ExportRun {
  const [state, setState] = createSignal<ExportState>({ at: 'idle' });
  let running: AbortController | null = null;
  const cancel = () => running?.abort();
  onCleanup(cancel);

  return {
    state,
    cancel,
    clear() {
      if (running === null) setState({ at: 'idle' });
    },
    async run(total, failed, work) {
      if (running !== null) return;
      const mine = new AbortController();
      running = mine;
      setState({ at: 'running', done: 0, total });
      try {
        const { sentence, command = null } = await work({
          signal: mine.signal,
          onProgress: (done) => setState({ at: 'running', done, total }),
        });
        setState({ at: 'done', sentence, command });
      } catch (error) {
        if (mine.signal.aborted) setState({ at: 'idle' });
        else setState({ at: 'failed', problem: `${failed}: ${describeError(error)}` });
      } finally {
        running = null;
      }
    },
  };
}
