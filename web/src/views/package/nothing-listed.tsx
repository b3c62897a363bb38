/** Instead of a grid without tiles: why there are none. */
import { Match, Show, Switch } from 'solid-js';
import { ReadProblem } from '../../ui/read-problem.tsx';

export function NothingListed(props: {
  error: Error | null;
  filtering: boolean;
  /** Whether the first load is over. */
  ready: boolean;
  onClear: () => void;
  onRetry: () => void;
}) {
  return (
    <div class="empty">
      <Switch
        fallback={
          <p>
            {props.ready
              ? 'No assets yet. They show up here as the ingest finds them.'
              : 'No asset of this package has arrived on this device yet.'}
          </p>
        }
      >
        <Match when={props.error}>
          <ReadProblem error={props.error} onRetry={props.onRetry} />
        </Match>
        <Match when={props.filtering}>
          <p>{props.ready ? 'No asset matches the filter.' : 'No asset that has arrived so far matches the filter.'}</p>
        </Match>
      </Switch>
      <Show when={props.filtering}>
        <button type="button" class="button" onClick={() => props.onClear()}>
          Clear the filter
        </button>
      </Show>
    </div>
  );
}
