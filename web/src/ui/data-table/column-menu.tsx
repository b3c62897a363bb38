/** A menu in which a person chooses the columns of a table. */
import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { For, Show } from 'solid-js';
import { Icon } from '../icon.tsx';
import type { Table } from './create-table.ts';

export function ColumnMenu<Row>(props: { table: Table<Row> }) {
  const { table } = props;
  return (
    <DropdownMenu modal={false} placement="bottom-end" gutter={4}>
      <DropdownMenu.Trigger class="button">
        <Icon name="columns" size={14} /> Columns
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content class="popover menu">
          <For each={table.columns.filter(({ opens }) => opens !== true)}>
            {(column) => (
              <DropdownMenu.CheckboxItem
                class="item"
                closeOnSelect={false}
                checked={table.isShown(column)}
                onChange={(shown) => table.show(column, shown)}
              >
                {column.label}
                <span class="end">
                  <Show when={table.isShown(column)}>
                    <Icon name="check" size={14} />
                  </Show>
                </span>
              </DropdownMenu.CheckboxItem>
            )}
          </For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}
