/** Describes the progress of an ingest run in words and as a share. */
import type { RunProgress } from '../queries/runs.ts';
import { formatCount, formatCountOf } from './format.ts';

export interface RunDescription {
  readonly text: string;
  readonly active: boolean;
  /** 0 to 1; null while the amount of work is not known. */
  readonly share: number | null;
}

/** @returns null when there never was a run. */
export function describeRun(run: RunProgress): RunDescription | null {
  const described = describeStatus(run);
  if (!described?.active || run.run_held === null) return described;
  if (run.run_held === 'cancelled') return cancelled;
  return {
    ...described,
    text: run.run_status === 'processing' ? `Paused · ${described.text}` : 'Paused',
    active: false,
  };
}

const cancelled: RunDescription = { text: 'Cancelled', active: false, share: null };

/** Describes the status that the ingestor last wrote; the ingestor acts on a pause or a cancellation a little later. */
function describeStatus(run: RunProgress): RunDescription | null {
  const registered = run.run_assets_registered ?? 0;
  const failed = run.run_assets_failed ?? 0;
  switch (run.run_status) {
    case null:
      return null;
    case 'cancelled':
      return { ...cancelled, text: run.run_problem ?? cancelled.text };
    case 'queued':
      return { text: 'Waiting for an ingestor', active: true, share: null };
    case 'scanning':
      return { text: `Scanning, ${formatCountOf(run.run_files_found ?? 0, 'file')} found`, active: true, share: null };
    case 'processing':
      return {
        text: [
          `${formatCount(run.run_assets_probed)} of ${formatCountOf(registered, 'asset')} read`,
          formatCountOf(run.run_thumbnails_made ?? 0, 'thumbnail'),
          formatCountOf(run.run_proxies_made ?? 0, 'proxy', 'proxies'),
          ...(failed > 0 ? [formatCountOf(failed, 'problem')] : []),
        ].join(' · '),
        active: true,
        share: registered > 0 ? (run.run_assets_probed ?? 0) / registered : null,
      };
    case 'done':
      return {
        text: failed > 0 ? `Ready, ${formatCountOf(failed, 'problem')}` : 'Ready',
        active: false,
        share: 1,
      };
    case 'failed':
      return { text: run.run_problem ?? 'Ingest failed', active: false, share: null };
  }
}
