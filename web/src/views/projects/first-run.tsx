import { CopyButton } from '../../ui/copy-button.tsx';
import styles from './first-run.module.css';

const COMMAND = 'npm run -s ihub -- ingest PATH --project NAME';

/** Shown in place of an empty project list: how to ingest the first delivery. */
export function FirstRun() {
  return (
    <div class="empty">
      <h1>The library is empty</h1>
      <p class="muted">
        Ingest a delivery on the media server. It appears here a few seconds after its files are found.
      </p>
      <p class={styles['command']}>
        <code>{COMMAND}</code>
        <CopyButton text={COMMAND} what="command" />
      </p>
      <p class="muted">PATH is a folder below one of the media roots, NAME is the project it belongs to.</p>
    </div>
  );
}
