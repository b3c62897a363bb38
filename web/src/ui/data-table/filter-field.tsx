/** The field that narrows a list to rows with some words. */
import { createShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { Icon } from '../icon.tsx';
import type { Table } from './create-table.ts';
import styles from './list.module.css';

export function FilterField<Row>(props: {
  table: Table<Row>;
  /** Says what it looks at, and names the field: 'Filter projects by name, client or tag'. */
  label: string;
}) {
  const { table } = props;
  let field!: HTMLInputElement;
  createShortcuts({ filter: () => field.select() });
  return (
    <div class={styles['filter']}>
      <Icon name="search" size={14} />
      <input
        ref={field}
        class="field"
        type="search"
        aria-label={props.label}
        placeholder={props.label}
        autocomplete="off"
        spellcheck={false}
        value={table.state.text()}
        onInput={(event) => table.state.setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (field.value === '') field.blur();
          else table.state.setText('');
          event.preventDefault();
        }}
      />
      <kbd>/</kbd>
    </div>
  );
}
