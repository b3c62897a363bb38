/** A package's status as a glyph and a word; a paused ingest comes before the package's own status. */
import type { RecentPackageRow } from '../../queries/recent-packages.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './dashboard.module.css';

const names = {
  queued: 'Waiting',
  processing: 'Processing',
  ready: 'Ready',
  error: 'Error',
  paused: 'Paused',
} as const;

export function RecentStatus(props: { row: RecentPackageRow }) {
  const status = () => {
    const { run_held, run_status, status } = props.row;
    const isActive = run_status === 'queued' || run_status === 'scanning' || run_status === 'processing';
    return run_held === 'paused' && isActive ? 'paused' : status;
  };
  return (
    <span class={styles['status']} data-status={status()} title={props.row.problem ?? undefined}>
      <Icon name={status()} size={14} /> {names[status()]}
    </span>
  );
}
