/** A progress bar. */
import { Show } from 'solid-js';

/** @param props.value null while unknown: the bar is then indeterminate. */
export function ProgressBar(props: {
  readonly value: number | null;
  readonly max?: number;
  /** Omitted when the text beside the bar says the same. */
  readonly label?: string;
}) {
  const aria = () => (props.label === undefined ? { 'aria-hidden': true } : { 'aria-label': props.label });
  // Browsers throw on a value that is not a number; without a value the bar is indeterminate.
  const value = () => (Number.isFinite(props.value) ? props.value : null);
  return (
    <Show when={value() !== null} fallback={<progress {...aria()} />}>
      <progress max={props.max ?? 1} value={value() ?? 0} {...aria()} />
    </Show>
  );
}
