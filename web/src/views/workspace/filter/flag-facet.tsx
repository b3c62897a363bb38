/** Facts that hold for an asset or do not. Click: only those; Alt leaves them out. */
import { createMemo, For, Show } from 'solid-js';
import type { FacetName } from '../../../queries/asset-question.ts';
import { countsOf, type ListCounts } from '../../../queries/list-counts.ts';
import { type FlagChoice, readFlag, withFlag } from '../../../queries/query/flag-choice.ts';
import type { ChoiceGesture } from '../../../queries/query/value-choice.ts';
import type { IconName } from '../../../ui/icon.tsx';
import { FacetButton } from './facet-button.tsx';
import styles from './facets.module.css';

/** One row: the assets with the flag, or those without it. */
export interface FlagRow {
  readonly key: FacetName & ('picked' | 'missing' | 'problem' | 'gap' | 'sidecar');
  readonly holds: 'yes' | 'no';
  readonly name: string;
  readonly icon: IconName;
}

export function FlagFacet(props: {
  label: string;
  rows: readonly FlagRow[];
  text: string;
  counts: ListCounts;
  onText: (text: string) => void;
}) {
  const shown = createMemo(() =>
    props.rows.flatMap((row) => {
      const choice = readFlag(props.text, row.key);
      const known = props.counts && countsOf(props.counts, row.key);
      // Where no asset has the flag, there is nothing to tell apart.
      if (choice === null && known?.has('yes') !== true) return [];
      return [{ ...row, count: known && (known.get(row.holds) ?? 0), state: stateOf(row, choice) }];
    }),
  );
  function choose(row: FlagRow, gesture: ChoiceGesture): void {
    const choice = readFlag(props.text, row.key);
    const other = row.holds === 'yes' ? 'no' : 'yes';
    // Sidecars are left out of every list that does not ask for them: leaving them out needs no word.
    const usual = row.key === 'sidecar' ? 'no' : null;
    const wanted = gesture === 'exclude' ? other : gesture === 'add' && row.key === 'sidecar' ? 'any' : row.holds;
    props.onText(withFlag(props.text, row.key, wanted === choice || wanted === usual ? null : wanted));
  }
  return (
    <Show when={shown().length > 0}>
      <fieldset class={styles['group']}>
        <legend class={styles['heading']}>{props.label}</legend>
        <For each={shown().map(({ name }) => name)}>
          {(name) => (
            <Show when={shown().find((row) => row.name === name)}>
              {(row) => <FacetButton {...row()} onChoose={(gesture) => choose(row(), gesture)} />}
            </Show>
          )}
        </For>
      </fieldset>
    </Show>
  );
}

function stateOf({ holds }: FlagRow, choice: FlagChoice): 'off' | 'on' | 'excluded' {
  if (choice === null) return 'off';
  return choice === holds || choice === 'any' ? 'on' : 'excluded';
}
