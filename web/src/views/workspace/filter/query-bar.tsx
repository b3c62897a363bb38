/** The bar above the list: the query field with what it finds, saved filters, and a link to the view. */
import { useLocation } from '@solidjs/router';
import { createMemo, type JSX } from 'solid-js';
import { filterQuery } from '../../../queries/address/filter-url.ts';
import { type AssetFilter, isFiltering } from '../../../queries/asset-filter.ts';
import { type ListCounts, queryValues } from '../../../queries/list-counts.ts';
import { queryCondition } from '../../../queries/query/query-condition.ts';
import type { QueryNames } from '../../../queries/query/query-keys.ts';
import { formatCount } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { notify, notifyFailure } from '../../../ui/notices.ts';
import { SavedFilters } from '../../saved-filters/saved-filters.tsx';
import styles from './query-bar.module.css';
import { QueryField } from './query-field.tsx';

export function QueryBar(props: {
  names: QueryNames;
  filter: AssetFilter;
  counts: ListCounts;
  /** The number of matches, and of all assets in the scope; null: not known. */
  shown: number | null;
  total: number | null;
  facetsId: string;
  facetsOpen: boolean;
  onFacets: () => void;
  onFilter: (change: Partial<AssetFilter>) => void;
  onLeave: () => void;
  /** The order of the list and its views. */
  children: JSX.Element;
}) {
  const problems = createMemo(() => queryCondition(props.filter.text, props.names).problems);
  const location = useLocation();
  /** The address of this view within the app. */
  const address = () => `${location.pathname}${filterQuery(props.filter)}`;

  async function copyLink(): Promise<void> {
    try {
      await navigator.clipboard.writeText(`${globalThis.location.origin}${address()}`);
      notify('Copied a link to this view');
    } catch (error) {
      notifyFailure('Could not copy the link', error);
    }
  }
  return (
    <search class={styles['bar']} aria-label="Filter assets">
      <QueryField
        text={props.filter.text}
        problems={problems()}
        valuesOf={(key) => queryValues(key, props.counts, props.names)}
        onText={(text) => props.onFilter({ text })}
        onLeave={props.onLeave}
        before={
          <button
            type="button"
            class={`button quiet small icon ${styles['facets']}`}
            aria-label="Facets"
            title={props.facetsOpen ? 'Hide the facets' : 'Show the facets'}
            aria-expanded={props.facetsOpen}
            aria-controls={props.facetsId}
            onClick={() => props.onFacets()}
          >
            <Icon name="filter" size={14} />
          </button>
        }
        after={
          <>
            <span class={`wide ${styles['count']}`}>
              {formatCount(props.shown)} of {formatCount(props.total)}
            </span>
            <SavedFilters address={address()} canSave={isFiltering(props.filter)} />
            <button
              type="button"
              class="button quiet small icon"
              aria-label="Copy a link to this view"
              title="Copy a link to this view"
              onClick={() => void copyLink()}
            >
              <Icon name="link" size={14} />
            </button>
          </>
        }
      />
      {props.children}
    </search>
  );
}
