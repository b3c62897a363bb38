import { Show } from 'solid-js';
import type { PackageListRow } from '../../queries/packages.ts';
import { Icon } from '../../ui/icon.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { describePackageStatus } from './describe-package-status.ts';
import styles from './packages.module.css';

/** Shows the status of a package in a list. @param props.problems the assets with a problem; null: not known. */
export function StatusCell(props: { row: PackageListRow; problems: number | null }) {
  const status = () => describePackageStatus(props.row, props.problems);
  return (
    <span class={styles['status']} data-status={status().icon} title={status().detail}>
      <Show when={status().share !== null} fallback={<Icon name={status().icon} size={14} />}>
        <ProgressBar value={status().share} label="Ingest" />
      </Show>
      <span class="cut">{status().text}</span>
    </span>
  );
}
