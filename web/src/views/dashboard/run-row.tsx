/** An ingest under way: its package, progress and time left. */
import { A } from '@solidjs/router';
import { createEffect, createSignal, Show } from 'solid-js';
import type { ActiveRunRow } from '../../queries/ingest-now.ts';
import { describeRun } from '../../ui/describe-run.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import styles from './dashboard.module.css';
import { formatTimeLeft, type PaceSample, secondsLeft, withSample } from './time-left.ts';

export function RunRow(props: { run: ActiveRunRow }) {
  const [samples, setSamples] = createSignal<readonly PaceSample[]>([]);
  createEffect(() => {
    const done = props.run.run_assets_probed ?? 0;
    setSamples((before) => withSample(before, { at: Date.now(), done }));
  });
  const run = () => describeRun(props.run);
  const left = () => secondsLeft(props.run, samples());
  return (
    <li class={styles['run']}>
      <span class={styles['line']}>
        <A href={`/packages/${props.run.package_id}`} class={`cut ${styles['package']}`}>
          {props.run.package_name}
        </A>
        <span class="small faint cut">{props.run.project_name}</span>
        <span class={styles['end']}>
          <span class="small faint wide">{props.run.host}</span>
          <span class="small">{props.run.run_held === null ? percent(run()?.share ?? null) : 'Paused'}</span>
        </span>
      </span>
      <span classList={{ [styles['paused'] ?? '']: props.run.run_held !== null }}>
        <Show
          when={props.run.run_held === null || run()?.share != null}
          fallback={<ProgressBar value={0} label={`Ingest of ${props.run.package_name}`} />}
        >
          <ProgressBar value={run()?.share ?? null} label={`Ingest of ${props.run.package_name}`} />
        </Show>
      </span>
      <span class="small muted cut" title={run()?.text}>
        {run()?.text}
        <Show when={left()}>{(seconds) => ` · ${formatTimeLeft(seconds())}`}</Show>
      </span>
    </li>
  );
}

function percent(share: number | null): string {
  // 100% only when nothing is left.
  return share === null ? '' : `${share < 1 ? Math.min(99, Math.round(share * 100)) : 100}%`;
}
