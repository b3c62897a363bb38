/** The bar that takes the footer's place while rows of a list are selected. */
import { type JSX, Show } from 'solid-js';
import { printKeys } from '../../shortcuts/print-keys.ts';
import { type ShortcutName, shortcuts } from '../../shortcuts/shortcut-table.ts';
import type { Table } from '../../ui/data-table/create-table.ts';
import { formatCount, formatCountOf } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import styles from './bulk-bar.module.css';

export function BulkBar<Row>(props: {
  table: Table<Row>;
  /** The word for a row: 'package'. */
  noun: string;
  /** The footer without a selection. */
  footer: JSX.Element;
  children: JSX.Element;
}) {
  const { table } = props;
  const count = () => table.selected().length;
  return (
    <Show when={count() > 0} fallback={props.footer}>
      <footer class={styles['bar']} role="toolbar" aria-label={`Change the selected ${props.noun}s`}>
        <strong aria-live="polite">{formatCountOf(count(), props.noun)} selected</strong>
        <Show when={count() < table.listed().length}>
          <button type="button" class="button quiet" onClick={() => table.selection.all()}>
            Select all {formatCount(table.listed().length)}
          </button>
        </Show>
        {props.children}
        <button type="button" class={`button quiet ${styles['clear']}`} onClick={() => table.selection.clear()}>
          Clear <kbd>Esc</kbd>
        </button>
      </footer>
    </Show>
  );
}

export function BulkButton(props: {
  icon: IconName;
  label: string;
  shortcut: ShortcutName;
  /** The action in full: 'Delete 3 packages and their 1,204 assets'. Default: the label. */
  title?: string;
  onClick: () => void;
}) {
  return (
    <button type="button" class="button" title={props.title ?? props.label} onClick={() => props.onClick()}>
      <BulkLabel icon={props.icon} label={props.label} shortcut={props.shortcut} />
    </button>
  );
}

/** The inside of a button of the bar: icon, word and key; the word is for screen readers only where there is no room. */
export function BulkLabel(props: { icon: IconName; label: string; shortcut: ShortcutName }) {
  return (
    <>
      <Icon name={props.icon} size={14} /> <span class={styles['word']}>{props.label}</span>{' '}
      <kbd>{printKeys(shortcuts[props.shortcut].keys[0])}</kbd>
    </>
  );
}
