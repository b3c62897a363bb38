/** How much is done, as a bar. */
import { Show } from 'solid-js';

/** @param props.value null while it is unknown: the bar then only shows that something goes on. */
export function ProgressBar(props: {
  readonly value: number | null;
  readonly max?: number;
  /** Absent: the text beside it says the same. */
  readonly label?: string;
}) {
  const aria = () => (props.label === undefined ? { 'aria-hidden': true } : { 'aria-label': props.label });
  // Browsers throw when they are told a value that is no number; one without is a bar of its own kind.
  const value = () => (Number.isFinite(props.value) ? props.value : null);
  return (
    <Show when={value() !== null} fallback={<progress {...aria()} />}>
      <progress max={props.max ?? 1} value={value() ?? 0} {...aria()} />
    </Show>
  );
}
