import { Show } from 'solid-js';
import type { RunProgress as Run } from '../queries/runs.ts';
import { describeRun } from './describe-run.ts';
import { formatAgo } from './format.ts';
import { ProgressBar } from './progress-bar.tsx';
import styles from './run-progress.module.css';

/** Shows the state of an ingest run: a line of text, with a bar while the run is under way. */
export function RunProgress(props: { run: Run }) {
  return (
    <Show when={describeRun(props.run)}>
      {(run) => (
        <span class={styles['run']} classList={{ [styles['failed'] ?? '']: props.run.run_status === 'failed' }}>
          <Show when={run().active}>
            <ProgressBar label="Ingest" value={run().share} />
          </Show>
          <span class={styles['text']} title={run().text}>
            {run().text}
          </span>
          <Show when={!run().active && props.run.run_at}>{(at) => <time>{formatAgo(at(), new Date())}</time>}</Show>
        </span>
      )}
    </Show>
  );
}
