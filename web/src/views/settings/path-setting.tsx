/** The row that leads to the folders of the server as this computer has them. */
import { createSignal, Show } from 'solid-js';
import { pathMappings } from '../../paths/map-path.ts';
import { formatCountOf } from '../../ui/format.ts';
import { PathMappingDialog } from '../workspace/panel/copy/path-mapping-dialog.tsx';
import styles from './settings-page.module.css';

export function PathSetting() {
  const [open, setOpen] = createSignal(false);
  return (
    <div class={styles['row']}>
      <div>
        <p class={styles['name']}>Paths on this computer</p>
        <p class="faint small">
          {pathMappings().length === 0
            ? 'Copied paths are those of the server.'
            : `Copied paths begin as on this computer, by ${formatCountOf(pathMappings().length, 'folder')}.`}
        </p>
      </div>
      <button type="button" class="button" onClick={() => setOpen(true)}>
        Edit
      </button>
      <Show when={open()}>
        <PathMappingDialog example="/mnt/nas/project" onClose={() => setOpen(false)} />
      </Show>
    </div>
  );
}
