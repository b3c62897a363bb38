import { CopyButton } from '../../ui/copy-button.tsx';
import styles from './first-run.module.css';

const COMMAND = 'npm run -s ihub -- ingest PATH --project NAME';

/** A library without a project: what to do, once. */
export function FirstRun() {
  return (
    <div class="empty">
      <h1>The library is empty</h1>
      <p class="muted">
        Ingest a delivery on the media server. It shows up here by itself, a few seconds after its files are found.
      </p>
      <p class={styles['command']}>
        <code>{COMMAND}</code>
        <CopyButton text={COMMAND} what="command" />
      </p>
      <p class="muted">PATH is a folder below one of the media roots, NAME the project that it belongs to.</p>
    </div>
  );
}
