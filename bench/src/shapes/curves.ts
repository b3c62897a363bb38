/** Prints memory and disk use phase by phase. */
import { type Figure, formatTarget, isReached } from '../measure/figures.ts';
import type { Phase } from './resource-watch.ts';
import { sparkline } from './sparkline.ts';

const MB = 1e6;
/** Target for a million rows. */
const ABOVE_IDLE_MB = 300;

export function printCurves(phases: readonly Phase[], rows: number): void {
  const idle = Math.min(...(phases[0]?.memory ?? []));
  if (!Number.isFinite(idle)) {
    console.log('\nThe memory of another process cannot be read here, because /proc is missing.');
    return;
  }
  const after = phases.slice(1);
  const most = Math.max(...after.flatMap(({ memory }) => memory)) - idle;
  const mostDisk = Math.max(...after.flatMap(({ disk }) => disk));
  console.log(
    `\nThe engine's memory (above ${Math.round(idle / MB)} MB idle) and disk, over each phase, ${rows.toLocaleString('en')} rows`,
  );
  console.table(
    after.map(({ name, startedAt, endedAt, memory, disk }) => ({
      phase: name,
      s: Math.round((endedAt ?? performance.now()) - startedAt) / 1000,
      [`memory, 0 to ${Math.round(most / MB)} MB`]: sparkline(
        memory.map((bytes) => Math.max(0, bytes - idle)),
        most,
      ),
      'peak MB': Math.round((Math.max(...memory) - idle) / MB),
      'end MB': Math.round(((memory.at(-1) ?? 0) - idle) / MB),
      [`disk, 0 to ${Math.round(mostDisk / MB)} MB`]: sparkline(disk, mostDisk),
      'disk end MB': Math.round((disk.at(-1) ?? 0) / MB),
    })),
  );
  const peak: Figure = { what: 'peak above idle', value: most / MB, unit: 'MB', target: { below: ABOVE_IDLE_MB } };
  const verdict = isReached(peak) ? 'met' : 'MISSED';
  console.log(`peak above idle: ${Math.round(most / MB)} MB; target ${formatTarget(peak)}: ${verdict}`);
}
