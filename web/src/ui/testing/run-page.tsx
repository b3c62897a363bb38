/** A test page that shows one run, and redraws it with each call of `showRun`. */
import { createSignal, Show } from 'solid-js';
import { render } from 'solid-js/web';
import type { RunProgress as Run } from '../../queries/runs.ts';
import { RunProgress } from '../run-progress.tsx';

const [run, setRun] = createSignal<Run | null>(null);

function showRun(next: Run): void {
  setRun(next);
}
declare global {
  var runPage: { readonly showRun: typeof showRun };
}
globalThis.runPage = { showRun };

render(() => <Show when={run()}>{(shown) => <RunProgress run={shown()} />}</Show>, document.body);
