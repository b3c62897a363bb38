/** Describes the status of a package in a list: in a word or two, with a share while an ingest is under way. */
import type { PackageStatus } from '@ingesthub/schema/library/vocabulary.ts';
import type { RunProgress } from '../../queries/runs.ts';
import { describeRun } from '../../ui/describe-run.ts';
import { formatCountOf } from '../../ui/format.ts';

export const packageStatuses = {
  processing: 'Processing',
  error: 'Error',
  queued: 'Queued',
  ready: 'Ready',
} as const satisfies Readonly<Record<PackageStatus, string>>;

export interface StatusDescription {
  readonly icon: 'queued' | 'processing' | 'ready' | 'error' | 'paused';
  readonly text: string;
  /** The whole sentence. */
  readonly detail: string;
  /** 0 to 1 while the work is under way and its amount known. */
  readonly share: number | null;
}

/** @param problems the assets with a problem; null: not known. */
export function describePackageStatus(
  row: RunProgress & { readonly status: PackageStatus; readonly problem: string | null },
  problems: number | null,
): StatusDescription {
  const run = describeRun(row);
  const percent = run?.share == null ? null : `${Math.floor(100 * run.share)}%`;
  const detail = run?.text ?? packageStatuses[row.status];
  if (row.status === 'error') {
    const text = row.problem ?? packageStatuses.error;
    return { icon: 'error', text, detail: text, share: null };
  }
  if (row.run_held === 'paused' && (row.status === 'processing' || row.status === 'queued'))
    return { icon: 'paused', text: percent === null ? 'Paused' : `Paused ${percent}`, detail, share: null };
  if (row.status === 'processing')
    return { icon: 'processing', text: percent ?? packageStatuses.processing, detail, share: run?.share ?? null };
  if (row.status === 'queued') return { icon: 'queued', text: packageStatuses.queued, detail, share: null };
  if (problems !== null && problems > 0) {
    const text = formatCountOf(problems, 'problem');
    return { icon: 'error', text, detail: `Ready. ${formatCountOf(problems, 'asset')} with a problem.`, share: null };
  }
  return { icon: 'ready', text: packageStatuses.ready, detail, share: null };
}
