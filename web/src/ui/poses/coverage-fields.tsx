/** Two lists to choose the core poses and the limit below which a bin is thin. */
import { For } from 'solid-js';
import { formatCount } from '../format.ts';
import { chooseCoverage, chosenCoverage } from './coverage-choice.ts';
import { coverageCores } from './thin-bins.ts';

const LIMITS = [5, 10, 25, 50, 100, 250, 500, 1000];
const AUTOMATIC = 'automatic';

export function CoverageFields() {
  return (
    <>
      <select
        class="field"
        aria-label="Thin below"
        title="Bins with fewer faces are thin"
        value={chosenCoverage().below ?? AUTOMATIC}
        onChange={({ currentTarget: { value } }) =>
          chooseCoverage({ ...chosenCoverage(), below: value === AUTOMATIC ? null : Number(value) })
        }
      >
        <option value={AUTOMATIC}>Thin below a tenth of the mean</option>
        <For each={LIMITS}>{(limit) => <option value={limit}>Thin below {formatCount(limit)} per bin</option>}</For>
      </select>
      <select
        class="field"
        aria-label="Core poses"
        title="The poses that should be there"
        value={`${chosenCoverage().yaw} ${chosenCoverage().pitch}`}
        onChange={({ currentTarget: { value } }) => {
          const core = coverageCores.find(({ yaw, pitch }) => value === `${yaw} ${pitch}`);
          if (core) chooseCoverage({ ...chosenCoverage(), ...core });
        }}
      >
        <For each={coverageCores}>
          {({ yaw, pitch }) => (
            <option value={`${yaw} ${pitch}`}>
              Core: yaw ±{yaw}°, pitch ±{pitch}°
            </option>
          )}
        </For>
      </select>
    </>
  );
}
