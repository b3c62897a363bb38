/** Buttons that choose what the colours of pose matrices mean. */
import { For } from 'solid-js';
import { type PoseMode, poseModeLabels, poseModes } from './pose-scale.ts';

export function ModeButtons(props: { mode: PoseMode; onMode: (mode: PoseMode) => void }) {
  return (
    <fieldset class="segmented">
      <legend class="visually-hidden">Colour by</legend>
      <For each={poseModes}>
        {(mode) => (
          <button type="button" aria-pressed={props.mode === mode} onClick={() => props.onMode(mode)}>
            {poseModeLabels[mode]}
          </button>
        )}
      </For>
    </fieldset>
  );
}
