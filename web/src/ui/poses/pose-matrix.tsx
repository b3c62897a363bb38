/** The pose matrix: a canvas of bins by yaw and pitch, in which regions are selected by pointer or keyboard. */
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import type { PoseRegion } from '../../queries/query/query-keys.ts';
import { currentTheme } from '../theme.ts';
import { drawPoses, drawThin } from './draw-poses.ts';
import { type Bin, describeRegion, formatAngle, type PoseGrid } from './pose-grid.ts';
import styles from './pose-matrix.module.css';
import { describeBins, HEAT_STEPS, type PoseMode, poseScale } from './pose-scale.ts';

/** The canvas has two pixels for each of the largest matrix on the screen. */
const WIDTH = 1080;
const HEIGHT = 720;
const YAW_LABELS = [-90, -60, -30, 0, 30, 60, 90];
const PITCH_LABELS = [40, 20, 0, -20, -40];
const STEPS: Readonly<Record<string, readonly [across: number, up: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

interface PoseMatrixProps {
  readonly ref?: (element: HTMLElement) => void;
  readonly grid: PoseGrid;
  readonly mode: PoseMode;
  /** Regions with a stroke through them. */
  readonly thin: readonly PoseRegion[];
  readonly regions: readonly PoseRegion[];
  /** The name of the subject or package, on a page with several matrices. */
  readonly label?: string;
  readonly onRegions: (regions: PoseRegion[]) => void;
  /** Called with the bin under the pointer or the keyboard; null: none. */
  readonly onBin?: (bin: Bin | null) => void;
  /** Zooms by a number of steps; absent: the bins keep their width. */
  readonly onZoom?: (steps: 1 | -1) => void;
  readonly onLeave?: () => void;
}

export function PoseMatrix(props: PoseMatrixProps) {
  let canvas!: HTMLCanvasElement;
  const [pointed, setPointed] = createSignal<Bin | null>(null);
  /** Where a drag began. */
  const [start, setStart] = createSignal<Bin | null>(null);
  /** The keyboard's bin, and where its range began. */
  const [cursor, setCursor] = createSignal<{ at: Bin; from: Bin } | null>(null);
  const drawn = () => {
    const [from, to] = [start(), pointed()];
    return from && to ? props.grid.regionOf(from, to) : null;
  };
  const scale = createMemo(() => poseScale(props.grid, props.mode));

  createEffect(() => {
    currentTheme();
    drawPoses(canvas, props.grid, scale().stepOf);
    drawThin(canvas, props.grid, props.thin);
  });
  createEffect(() => props.onBin?.(pointed() ?? cursor()?.at ?? null));
  // Bins of another width have other positions.
  createEffect(
    on(
      () => props.grid.degrees,
      () => {
        setCursor(null);
        setPointed(null);
      },
      { defer: true },
    ),
  );

  function binOf(event: PointerEvent): Bin {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return props.grid.binAt((event.clientX - left) / width, (event.clientY - top) / height);
  }

  function select(region: PoseRegion, { shiftKey, altKey }: { shiftKey: boolean; altKey: boolean }): void {
    const { regions } = props;
    if (altKey) props.onRegions(regions.filter((one) => !overlap(one, region)));
    else if (shiftKey) props.onRegions([...regions.filter((one) => !isSame(one, region)), region]);
    // A second click on the only region takes it away.
    else props.onRegions(regions.length === 1 && regions[0] && isSame(regions[0], region) ? [] : [region]);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { grid } = props;
    const middle = { x: grid.columns / 2, y: grid.lines / 2 };
    const now = cursor() ?? { at: middle, from: middle };
    const step = STEPS[event.key];
    const zoom = { '+': 1, '=': 1, '-': -1, '−': -1 }[event.key] as 1 | -1 | undefined;
    if (step) {
      const at = cursor() === null ? middle : grid.step(now.at, ...step);
      setCursor({ at, from: event.shiftKey ? now.from : at });
    } else if (zoom && props.onZoom && !event.ctrlKey && !event.metaKey) {
      props.onZoom(zoom);
    } else if (event.key === 'Enter' || event.key === ' ') {
      // Shift already extends the range.
      select(grid.regionOf(now.from, now.at), { shiftKey: event.ctrlKey || event.metaKey, altKey: event.altKey });
    } else if (event.key === 'Escape' && props.regions.length > 0) {
      props.onRegions([]);
    } else if (event.key === 'Escape' && props.onLeave) {
      props.onLeave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const describe = (region: PoseRegion) => describeBins(props.grid, props.grid.binsIn(region));
  const spoken = () => {
    const now = cursor();
    if (now === null) return '';
    const region = props.grid.regionOf(now.from, now.at);
    return `${describeRegion(region)}: ${describe(region)}`;
  };
  const told = () => {
    const bin = pointed();
    return bin && (drawn() ?? props.grid.regionOf(bin));
  };

  return (
    <figure class={styles['matrix']}>
      <div
        ref={(element) => props.ref?.(element)}
        class={styles['area']}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is driven by keys.
        tabIndex="0"
        aria-label={`Pose matrix${props.label === undefined ? '' : ` of ${props.label}`}. Arrows move, Shift and arrows extend, Enter selects, Control and Enter adds a region, Alt and Enter removes one, Escape clears.`}
        onKeyDown={onKeyDown}
        onBlur={() => setCursor(null)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setStart(binOf(event));
          setPointed(binOf(event));
        }}
        onPointerMove={(event) => setPointed(binOf(event))}
        onPointerUp={(event) => {
          const region = drawn();
          setStart(null);
          if (region) select(region, event);
        }}
        onPointerCancel={() => setStart(null)}
        onPointerLeave={() => setPointed(null)}
        onDblClick={() => props.onRegions([])}
      >
        <canvas ref={canvas} width={WIDTH} height={HEIGHT} />
        <div class={styles['pitch']} aria-hidden="true">
          <For each={PITCH_LABELS}>
            {(angle) => <span style={{ top: `${(1 - (angle + 60) / 120) * 100}%` }}>{formatAngle(angle)}</span>}
          </For>
        </div>
        <For each={props.regions}>{(region) => <Box grid={props.grid} region={region} kind="region" />}</For>
        <Show when={drawn()}>{(region) => <Box grid={props.grid} region={region()} kind="drawn" />}</Show>
        <Show when={cursor()}>
          {(now) => <Box grid={props.grid} region={props.grid.regionOf(now().from, now().at)} kind="cursor" />}
        </Show>
        <span class="visually-hidden" aria-live="polite">
          {spoken()}
        </span>
        <Show when={told()}>
          {(region) => (
            <div
              class={`popover ${styles['tip']}`}
              style={{
                left: `${props.grid.boxOf(region()).left * 100}%`,
                top: `${props.grid.boxOf(region()).top * 100}%`,
              }}
              data-side={props.grid.boxOf(region()).left > 0.5 ? 'left' : 'right'}
            >
              <div class="muted">{describeRegion(region())}</div>
              {describe(region())}
            </div>
          )}
        </Show>
      </div>
      <div class={styles['yaw']} aria-hidden="true">
        <For each={YAW_LABELS}>
          {(angle) => <span style={{ left: `${((angle + 90) / 180) * 100}%` }}>{formatAngle(angle)}</span>}
        </For>
      </div>
      <div class={styles['legend']} aria-hidden="true">
        <span>{scale().from}</span>
        <For each={Array.from({ length: HEAT_STEPS }, (_, step) => step)}>
          {(step) => <i style={{ background: `var(--heat-${step})` }} />}
        </For>
        <span>{scale().to}</span>
      </div>
    </figure>
  );
}

function Box(props: { grid: PoseGrid; region: PoseRegion; kind: 'region' | 'drawn' | 'cursor' }) {
  const box = () => props.grid.boxOf(props.region);
  return (
    <div
      class={styles['box']}
      data-kind={props.kind}
      style={{
        left: `${box().left * 100}%`,
        top: `${box().top * 100}%`,
        width: `${box().width * 100}%`,
        height: `${box().height * 100}%`,
      }}
    />
  );
}

function overlap(one: PoseRegion, other: PoseRegion): boolean {
  return (['yaw', 'pitch'] as const).every(
    (angle) => one[angle][0] < other[angle][1] && other[angle][0] < one[angle][1],
  );
}

function isSame(one: PoseRegion, other: PoseRegion): boolean {
  return [...one.yaw, ...one.pitch].join() === [...other.yaw, ...other.pitch].join();
}
