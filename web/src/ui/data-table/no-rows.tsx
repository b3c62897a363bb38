/** Says that no row matches, and offers to remove the filter that leaves out the most. */
import { Show } from 'solid-js';
import { formatCountOf } from '../format.ts';
import { costliestFilter } from './costliest-filter.ts';
import type { Table } from './create-table.ts';

export function NoRows<Row>(props: { table: Table<Row>; noun: string }) {
  const { table } = props;
  const costliest = () => costliestFilter(table.rows(), table.columns, table.state.filters(), table.state.text());
  function remove(column: string | null): void {
    if (column === null) table.state.setText('');
    else table.state.setFilter(column, null);
  }
  return (
    <div class="empty">
      <h2>No {props.noun} match</h2>
      <Show when={costliest()} fallback={<p>Each filter on its own leaves nothing. Clear them to see all again.</p>}>
        {(one) => (
          <p>
            Without the {one().label === null ? 'words in the filter field' : `filter by ${one().label?.toLowerCase()}`}{' '}
            there
            {one().rows === 1 ? ' is ' : ' are '}
            {formatCountOf(one().rows, props.noun.replace(/s$/, ''), props.noun)}.
          </p>
        )}
      </Show>
      <p>
        <Show when={costliest()}>
          {(one) => (
            <button type="button" class="button primary" onClick={() => remove(one().column)}>
              Remove it
            </button>
          )}
        </Show>{' '}
        <button type="button" class="button" onClick={() => table.state.clear()}>
          Clear all filters
        </button>
      </p>
    </div>
  );
}
