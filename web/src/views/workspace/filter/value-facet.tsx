/** The values of one kind with their counts. Click: only this; Ctrl adds, Alt leaves its assets out. */
import { createMemo, createSignal, For, Show } from 'solid-js';
import { countsOf, type ListCounts } from '../../../queries/list-counts.ts';
import type { QueryNames } from '../../../queries/query/query-keys.ts';
import { type ChoiceGesture, readChoice, withChoice } from '../../../queries/query/value-choice.ts';
import { Icon } from '../../../ui/icon.tsx';
import { NamePicker } from '../../../ui/name-picker.tsx';
import { FacetButton } from './facet-button.tsx';
import { type FacetKind, type FacetRow, facetRows, isUseful } from './facet-rows.ts';
import styles from './facets.module.css';

/** Rows without a fixed vocabulary that are shown at once. */
const SHOWN = 6;

export function ValueFacet(props: {
  kind: FacetKind;
  text: string;
  counts: ListCounts;
  names: QueryNames;
  onText: (text: string) => void;
}) {
  const [open, setOpen] = createSignal(false);
  const choice = createMemo(() => readChoice(props.text, props.kind.key, props.names));
  const rows = createMemo(() =>
    facetRows(props.kind, props.counts && countsOf(props.counts, props.kind.key), choice(), props.names),
  );
  const shown = createMemo(() =>
    props.kind.values !== null || rows().length <= SHOWN + 1
      ? rows()
      : rows().filter(({ state }, index) => index < SHOWN || state !== 'off'),
  );
  const hidden = () => rows().length - shown().length;
  const rowOf = createMemo(() => new Map(rows().map((row) => [row.value, row])));

  function choose(row: FacetRow, gesture: ChoiceGesture): void {
    const written = new Map(rows().map(({ value, written }) => [value, written]));
    const write = (value: string | null) => written.get(value) ?? value ?? 'none';
    props.onText(withChoice(props.text, props.kind.key, props.names, { value: row.value, gesture, write }));
  }
  return (
    <Show when={isUseful(props.kind, rows())}>
      <fieldset class={styles['group']}>
        <legend class={styles['heading']}>
          {props.kind.label} <span>{hidden() > 0 ? rows().length : ''}</span>
        </legend>
        <For each={shown().map(({ value }) => value)}>
          {(value) => (
            <Show when={rowOf().get(value)}>
              {(row) => <FacetButton {...row()} onChoose={(gesture) => choose(row(), gesture)} />}
            </Show>
          )}
        </For>
        <Show when={hidden() > 0 || open()}>
          <NamePicker
            class={styles['more'] ?? ''}
            label={
              <>
                <Icon name="more" size={14} /> {hidden()} more
              </>
            }
            fieldLabel={`Filter by ${props.kind.noun}`}
            kind={props.kind.noun}
            names={open() ? rows() : []}
            picked={rows()
              .filter(({ state }) => state === 'on')
              .map(({ name }) => name)}
            staysOpen
            open={open()}
            onOpenChange={setOpen}
            onPick={(name) => {
              const row = rows().find((one) => one.name === name);
              if (row) choose(row, 'add');
            }}
          />
        </Show>
      </fieldset>
    </Show>
  );
}
