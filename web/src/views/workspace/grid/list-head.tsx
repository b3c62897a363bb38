/** The heads of the list view's columns: a click sorts by one, a second click turns the order. */
import { For, Show } from 'solid-js';
import type { AssetSort } from '../../../queries/asset-filter.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { ListColumn } from '../tile/list-columns.ts';
import styles from './list-head.module.css';

export interface ListOrder {
  readonly sort: AssetSort;
  readonly descending: boolean;
}

export function ListHead(props: {
  ref: (element: HTMLElement) => void;
  columns: readonly ListColumn[];
  order: ListOrder;
  onOrder: (order: ListOrder) => void;
}) {
  const isSorted = (sort: AssetSort) => props.order.sort === sort;
  const turn = (sort: AssetSort) =>
    props.onOrder({ sort, descending: isSorted(sort) ? !props.order.descending : false });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset does not lay out as a grid in every browser.
    <div ref={(element) => props.ref(element)} class={styles['head']} role="group" aria-label="Columns">
      <div class={styles['line']}>
        <span />
        <For each={props.columns}>
          {(column) => (
            <Show
              when={column.sort}
              fallback={
                <span class={styles['cell']} classList={{ [styles['figures'] ?? '']: column.figures ?? false }}>
                  {column.label}
                </span>
              }
            >
              {(sort) => (
                <button
                  type="button"
                  class={styles['cell']}
                  classList={{ [styles['figures'] ?? '']: column.figures ?? false }}
                  aria-pressed={isSorted(sort())}
                  aria-label={`Sort by ${column.label.toLowerCase()}`}
                  title={`Sort by ${column.label.toLowerCase()}`}
                  onClick={() => turn(sort())}
                >
                  {column.label}
                  <Show when={isSorted(sort())}>
                    <Icon name={props.order.descending ? 'descending' : 'ascending'} size={12} />
                  </Show>
                </button>
              )}
            </Show>
          )}
        </For>
      </div>
    </div>
  );
}
