import type { RunView } from './run-view.ts';

/** Returns a run's progress as one line of `--json=lines`. */
export function progressEvent(view: RunView) {
  return {
    event: 'progress',
    run: view.run,
    package: view.package,
    status: view.status,
    held: view.held,
    files_found: view.filesFound,
    assets_registered: view.assetsRegistered,
    assets_failed: view.assetsFailed,
    work: Object.fromEntries(view.work.map(({ kind, done, failed, total }) => [kind, { done, failed, total }])),
    waits_for: view.waitsFor,
  };
}
