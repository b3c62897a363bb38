/** Compares the list's poses with those of another subject or package. */
import { createEffect, createMemo, createSignal, createUniqueId, For, Show } from 'solid-js';
import { type PoseSourceRow, poseSourcesQuery } from '../../../queries/pose-sources.ts';
import type { Scope } from '../../../replica/model/mirror-questions.ts';
import { createLiveQuery } from '../../../replica/read/create-live-query.ts';
import { createPoseBins } from '../../../ui/poses/create-pose-bins.ts';
import { drawDifference } from '../../../ui/poses/draw-poses.ts';
import { type PoseDifference, poseDifference } from '../../../ui/poses/pose-difference.ts';
import { PoseGrid } from '../../../ui/poses/pose-grid.ts';
import matrix from '../../../ui/poses/pose-matrix.module.css';
import { formatRegion } from '../../../ui/poses/thin-bins.ts';
import { useReplica } from '../../../ui/replica-context.ts';
import { currentTheme } from '../../../ui/theme.ts';
import styles from './pose-dock.module.css';

/** Bins that are told in words. */
const TOLD = 3;

export function PoseCompare(props: { scope: Scope; projectId: string | null; grid: PoseGrid; filtered: boolean }) {
  const { replica, ready } = useReplica();
  const titleId = createUniqueId();
  const sources = createLiveQuery<PoseSourceRow>(replica, () => (ready() ? poseSourcesQuery(props.projectId) : null));
  const others = () => sources().filter(({ id }) => !('id' in props.scope) || id !== props.scope.id);
  const [chosen, setChosen] = createSignal('');
  const other = () => others().find(({ id }) => id === chosen());
  const bins = createPoseBins(replica, () => {
    const source = other();
    return source ? { scope: { kind: source.kind, id: source.id }, pose: { degrees: props.grid.degrees } } : null;
  });
  const difference = createMemo(() => poseDifference(props.grid, new PoseGrid(props.grid.degrees, bins())));
  return (
    <section class={styles['section']} aria-labelledby={titleId}>
      <header>
        <h3 id={titleId}>Compare</h3>
        <select
          class="field end"
          aria-label="Compare with"
          value={chosen()}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          <option value="">With…</option>
          <For each={['subject', 'package'] as const}>
            {(kind) => (
              <Show when={others().some((one) => one.kind === kind)}>
                <optgroup label={kind === 'subject' ? 'Subjects' : 'Packages'}>
                  <For each={others().filter((one) => one.kind === kind)}>
                    {({ id, name }) => <option value={id}>{name}</option>}
                  </For>
                </optgroup>
              </Show>
            )}
          </For>
        </select>
      </header>
      <Show when={other()}>
        {(source) => (
          <Show when={difference()} fallback={<p class="muted">{bins() ? 'Nothing to compare' : 'Counting…'}</p>}>
            {(found) => (
              <div class={styles['compared']}>
                <Difference grid={props.grid} difference={found()} />
                <div>
                  <p class={styles['key']}>
                    <i data-more="here" /> More here
                  </p>
                  <p class={styles['key']}>
                    <i data-more="there" /> More of {source().name}
                  </p>
                  <p class="muted small">
                    By share of each, not by count.
                    <Show when={props.filtered}> The filter applies here, not to {source().name}.</Show>
                  </p>
                </div>
                <Largest grid={props.grid} difference={found()} name={source().name} />
              </div>
            )}
          </Show>
        )}
      </Show>
    </section>
  );
}

function Difference(props: { grid: PoseGrid; difference: PoseDifference }) {
  let canvas!: HTMLCanvasElement;
  createEffect(() => {
    currentTheme();
    drawDifference(canvas, props.grid, props.difference);
  });
  return (
    <span aria-hidden="true">
      <canvas ref={canvas} class={matrix['difference']} width={342} height={228} />
    </span>
  );
}

/** Tells the largest differences in words. */
function Largest(props: { grid: PoseGrid; difference: PoseDifference; name: string }) {
  const largest = () =>
    props.grid
      .bins()
      .map((bin) => ({ bin, value: props.difference.at(bin) }))
      .filter(({ value }) => value !== 0)
      .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
      .slice(0, TOLD);
  return (
    <ul class={styles['largest']} aria-label="Largest differences">
      <For each={largest()}>
        {({ bin, value }) => (
          <li>
            <span>{formatRegion(props.grid.regionOf(bin))}</span>
            <span class="muted">
              {(Math.abs(value) * 100).toFixed(1)}% more {value > 0 ? 'here' : `of ${props.name}`}
            </span>
          </li>
        )}
      </For>
    </ul>
  );
}
