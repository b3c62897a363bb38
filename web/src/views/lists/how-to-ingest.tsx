import { CopyButton } from '../../ui/copy-button.tsx';
import styles from './how-to-ingest.module.css';

const COMMAND = 'npm run -s ihub -- ingest PATH --project NAME';

/** Shown in place of an empty list: how to ingest the first delivery. @param props.title 'The library is empty' */
export function HowToIngest(props: { title: string }) {
  return (
    <div class="empty">
      <h2>{props.title}</h2>
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
