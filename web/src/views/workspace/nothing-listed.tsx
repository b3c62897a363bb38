/** Shown in place of an empty grid, with the reason. */
import { Match, Show, Switch } from 'solid-js';
import type { Scope } from '../../replica/model/mirror-questions.ts';
import { ReadProblem } from '../../ui/read-problem.tsx';

const notHere: Readonly<Record<Scope['kind'], string>> = {
  package: 'This package isn’t on this device yet.',
  project: 'This project isn’t on this device yet.',
  subject: 'No asset of this subject is on this device yet.',
  library: 'No assets are on this device yet.',
};

export function NothingListed(props: {
  scope: Scope['kind'];
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
          <p>{props.ready ? 'No assets yet. They appear here as the ingest finds them.' : notHere[props.scope]}</p>
        }
      >
        <Match when={props.error}>
          <ReadProblem error={props.error} onRetry={props.onRetry} />
        </Match>
        <Match when={props.filtering}>
          <p>{props.ready ? 'No asset matches the filter.' : 'Filters work once the library has loaded.'}</p>
        </Match>
      </Switch>
      <Show when={props.filtering}>
        <button type="button" class="button" onClick={() => props.onClear()}>
          Clear filter
        </button>
      </Show>
    </div>
  );
}
