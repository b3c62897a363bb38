/** Explains the language of the query field: every key with an example, and how terms are joined. */
import { Popover } from '@kobalte/core/popover';
import { For } from 'solid-js';
import { queryKeys } from '../../../queries/query/query-keys.ts';
import { Icon } from '../../../ui/icon.tsx';
import styles from './query-field.module.css';

const joints = [
  ['plate hero', 'both words, in the name or the folder'],
  ['"plate hero"', 'spaces held together in a value'],
  ['tag:hero or tag:smile', 'one of both'],
  ['-status:rejected', 'not'],
  ['(a or b) -c', 'parentheses group'],
] as const;

export function QueryHelp() {
  return (
    <Popover placement="bottom-end" gutter={8}>
      <Popover.Trigger class="button quiet small icon" aria-label="How to write a filter" title="How to write a filter">
        <Icon name="help" size={14} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content class={`popover ${styles['help']}`} aria-label="How to write a filter">
          {/* Long enough to scroll, which arrows do once it has the focus. */}
          <table tabindex="0">
            <tbody>
              <For each={joints}>{([example, means]) => <Row examples={[example]} means={means} />}</For>
              <For each={Object.values(queryKeys)}>{(key) => <Row examples={key.examples} means={key.means} />}</For>
            </tbody>
          </table>
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}

function Row(props: { examples: readonly string[]; means: string }) {
  return (
    <tr>
      <th scope="row">
        <For each={props.examples}>{(example) => <code>{example}</code>}</For>
      </th>
      <td>{props.means}</td>
    </tr>
  );
}
