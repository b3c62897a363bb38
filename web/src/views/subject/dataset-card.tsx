/** The dataset directory of a subject, and how linking into it went. */
import { createSignal, For, Show } from 'solid-js';
import type { PackageListRow } from '../../queries/packages.ts';
import type { SubjectDetailRow } from '../../queries/subjects.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatCount } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { SubjectDialog } from '../edit/subject-dialog.tsx';
import styles from './subject-page.module.css';

export function DatasetCard(props: { subject: SubjectDetailRow; packages: readonly PackageListRow[] }) {
  const [editing, setEditing] = createSignal(false);
  const sum = (column: 'links_made' | 'links_failed') => props.packages.reduce((total, row) => total + row[column], 0);
  const failed = () => props.packages.filter((row) => row.link_problem !== null);
  return (
    <section class="card" aria-label="Dataset directory">
      <header>
        <h2>Dataset directory</h2>
      </header>
      <div class={styles['body']}>
        <Show
          when={props.subject.dataset_directory}
          fallback={<p class="muted">None yet. Assets of this subject are not linked.</p>}
        >
          {(directory) => (
            <p class={styles['line']}>
              <Icon name="link" size={14} />
              <span class="mono">{directory()}</span>
              <CopyButton text={directory()} what="dataset directory" />
            </p>
          )}
        </Show>
        <dl class="facts">
          <dt>Links</dt>
          <dd>{formatCount(sum('links_made'))} in its packages, other subjects included</dd>
          <dt>Failed</dt>
          <dd classList={{ [styles['warning'] ?? '']: sum('links_failed') > 0 }}>{formatCount(sum('links_failed'))}</dd>
        </dl>
        <Show when={failed().length > 0}>
          <ul class="small">
            <For each={failed()}>
              {(row) => (
                <li>
                  {row.name}: {row.link_problem}
                </li>
              )}
            </For>
          </ul>
        </Show>
        <p>
          <button type="button" class="button small" onClick={() => setEditing(true)}>
            {props.subject.dataset_directory === null ? 'Choose a directory' : 'Change'}
          </button>
        </p>
      </div>
      <SubjectDialog
        projectId={props.subject.project_id}
        subject={props.subject}
        open={editing()}
        onOpenChange={setEditing}
      />
    </section>
  );
}
