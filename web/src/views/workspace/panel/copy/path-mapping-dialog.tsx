/** Says where this computer has the server's folders, for the paths and commands that a person copies. */

import { For, Show } from 'solid-js';
import { createStore } from 'solid-js/store';
import {
  mapPath,
  mappingProblem,
  type PathMapping,
  pathMappings,
  setPathMappings,
} from '../../../../paths/map-path.ts';
import { FormDialog } from '../../../../ui/form-dialog.tsx';
import { Icon } from '../../../../ui/icon.tsx';
import styles from './path-mapping-dialog.module.css';

export function PathMappingDialog(props: {
  /** A folder on the server, shown as an example. */
  readonly example: string;
  readonly onClose: () => void;
}) {
  const first: PathMapping = { server: props.example.split('/').slice(0, 3).join('/'), here: '' };
  const [rows, setRows] = createStore<PathMapping[]>(
    pathMappings().length > 0 ? pathMappings().map((row) => ({ ...row })) : [first],
  );
  const isEmpty = ({ server, here }: PathMapping) => here.trim() === '' || server.trim() === '';
  const filled = () =>
    rows.filter((row) => !isEmpty(row)).map(({ server, here }) => ({ server: server.trim(), here: here.trim() }));
  const problem = (row: PathMapping) =>
    isEmpty(row) ? null : mappingProblem({ server: row.server.trim(), here: row.here.trim() });
  const field = (row: () => number, name: keyof PathMapping, label: string) => (
    <input
      class="field mono"
      aria-label={`${label}, line ${row() + 1}`}
      aria-invalid={rows[row()] !== undefined && problem(rows[row()] as PathMapping) !== null}
      autocomplete="off"
      spellcheck={false}
      maxlength="2000"
      placeholder={name === 'here' ? '/Volumes/nas or Z:\\' : ''}
      value={rows[row()]?.[name] ?? ''}
      onInput={(event) => setRows(row(), name, event.currentTarget.value)}
    />
  );
  return (
    <FormDialog
      title="Paths on this computer"
      action="Save"
      open
      onOpenChange={(open) => !open && props.onClose()}
      blocked={rows.some((row) => problem(row) !== null)}
      onSave={async () => void setPathMappings(filled())}
    >
      <p class="muted">
        Copied paths and commands begin with the folder on the right. The library itself stays as it is, and others have
        their own list.
      </p>
      <div class={styles['rows']}>
        <span class="muted small">On the server</span>
        <span class="muted small">On this computer</span>
        <span />
        <For each={rows}>
          {(row, index) => (
            <>
              {field(index, 'server', 'On the server')}
              {field(index, 'here', 'On this computer')}
              <button
                type="button"
                class="button quiet icon"
                aria-label={`Remove line ${index() + 1}`}
                onClick={() => setRows((before) => before.filter((_, other) => other !== index()))}
              >
                <Icon name="close" size={14} />
              </button>
              <Show when={problem(row)}>{(sentence) => <p class={styles['problem']}>{sentence()}</p>}</Show>
            </>
          )}
        </For>
      </div>
      <button
        type="button"
        class={`button small ${styles['add']}`}
        onClick={() => setRows(rows.length, { server: '', here: '' })}
      >
        <Icon name="add" size={12} /> Add a folder
      </button>
      <p class="small muted">
        {props.example} becomes <span class="mono">{mapPath(props.example, filled())}</span>
      </p>
    </FormDialog>
  );
}
