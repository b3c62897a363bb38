/** How many assets have which number, with two thumbs that narrow the list to a range. */
import { createMemo, createSignal, For, Show } from 'solid-js';
import type { HistogramName } from '../../../queries/asset-question.ts';
import type { NumberRange } from '../../../queries/query/range-choice.ts';
import type { Histogram } from '../../../replica/model/mirror-questions.ts';
import styles from './facets.module.css';
import { rangeScale } from './range-scales.ts';
import { describeRange, moveThumb, type Steps, stepsOf } from './range-steps.ts';

/** Bounds as the query's text has them; null: none. */
export interface WrittenRange {
  readonly from: string | null;
  readonly to: string | null;
}

type End = 'from' | 'to';

export function HistogramFacet(props: {
  name: HistogramName;
  label: string;
  histogram: Histogram;
  range: NumberRange | null;
  /** @param dragging whether more changes are about to follow. */
  onRange: (range: WrittenRange, dragging: boolean) => void;
}) {
  const scale = createMemo(() => props.histogram.extent && rangeScale(props.name, props.histogram.extent));
  const most = createMemo(() => Math.max(1, ...props.histogram.counts));
  return (
    <Show when={scale()}>
      {(known) => {
        const steps = createMemo(() => stepsOf(known(), props.range));
        const share = (step: number) => (100 * step) / known().steps;
        /** Whether any of a bin's numbers lie in the range. */
        const isHit = (index: number) => {
          const middle = ((index + 0.5) * known().steps) / props.histogram.counts.length;
          return steps().from <= middle && middle <= steps().to;
        };
        let plot!: HTMLDivElement;
        const [dragged, setDragged] = createSignal<End | null>(null);

        function tell(next: Steps, dragging: boolean): void {
          const { steps: last } = known();
          const bound = (step: number, end: End) => known().write(known().valueAt(step), end);
          props.onRange(
            {
              from: next.from === 0 ? null : bound(next.from, 'from'),
              to: next.to === last ? null : bound(next.to, 'to'),
            },
            dragging,
          );
        }
        function stepUnder(event: PointerEvent): number {
          const { left, width } = plot.getBoundingClientRect();
          return Math.round(((event.clientX - left) / width) * known().steps);
        }
        function onPointerDown(event: PointerEvent): void {
          if (event.button !== 0) return;
          const at = stepUnder(event);
          const { from, to } = steps();
          // Two thumbs can lie at one place: take the one that can move towards the pointer.
          const end: End = Math.abs(at - from) < Math.abs(at - to) || (from === to && at < from) ? 'from' : 'to';
          setDragged(end);
          plot.setPointerCapture(event.pointerId);
          plot.querySelector<HTMLElement>(`[data-end=${end}]`)?.focus({ preventScroll: true });
          event.preventDefault();
          tell(moveThumb(known(), steps(), end, at), true);
        }
        function onPointerMove(event: PointerEvent): void {
          const end = dragged();
          if (end !== null) tell(moveThumb(known(), steps(), end, stepUnder(event)), true);
        }
        function onKeyDown(event: KeyboardEvent, end: End): void {
          const now = steps()[end];
          const far = event.shiftKey ? 10 : 1;
          const target = {
            ArrowLeft: now - far,
            ArrowDown: now - far,
            ArrowRight: now + far,
            ArrowUp: now + far,
            PageDown: now - 10,
            PageUp: now + 10,
            Home: 0,
            End: known().steps,
          }[event.key];
          if (target === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
          event.preventDefault();
          event.stopPropagation();
          tell(moveThumb(known(), steps(), end, target), true);
        }
        return (
          <fieldset class={styles['group']}>
            <legend class={styles['heading']}>
              {props.label} <span>{props.range && describeRange(known(), steps())}</span>
            </legend>
            <div
              ref={plot}
              class={styles['plot']}
              onPointerDown={onPointerDown}
              onPointerMove={onPointerMove}
              onPointerUp={() => setDragged(null)}
              onPointerCancel={() => setDragged(null)}
            >
              <div class={styles['bars']} aria-hidden="true">
                <For each={[...props.histogram.counts.keys()]}>
                  {(index) => (
                    <i
                      data-hit={isHit(index)}
                      style={{ height: `${(100 * (props.histogram.counts[index] ?? 0)) / most()}%` }}
                    />
                  )}
                </For>
              </div>
              <div class={styles['track']}>
                <b style={{ left: `${share(steps().from)}%`, right: `${100 - share(steps().to)}%` }} />
                <For each={['from', 'to'] as const}>
                  {(end) => (
                    <div
                      class={styles['thumb']}
                      role="slider"
                      tabIndex="0"
                      data-end={end}
                      aria-label={`${props.label} ${end}`}
                      aria-valuemin={end === 'from' ? 0 : steps().from}
                      aria-valuemax={end === 'from' ? steps().to : known().steps}
                      aria-valuenow={steps()[end]}
                      aria-valuetext={valueText(end, steps()[end])}
                      style={{ left: `${share(steps()[end])}%` }}
                      onKeyDown={(event) => onKeyDown(event, end)}
                    />
                  )}
                </For>
              </div>
            </div>
            <div class={styles['ends']} aria-hidden="true">
              <span>{known().describe(known().valueAt(0), 'from')}</span>
              <span>{known().describe(known().valueAt(known().steps), 'to')}</span>
            </div>
          </fieldset>
        );

        function valueText(end: End, step: number): string {
          if (step === (end === 'from' ? 0 : known().steps))
            return end === 'from' ? 'No lower bound' : 'No upper bound';
          return known().describe(known().valueAt(step), end);
        }
      }}
    </Show>
  );
}
