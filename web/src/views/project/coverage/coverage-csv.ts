/** Pose coverage as a table in a file. */
import type { PoseGrid } from '../../../ui/poses/pose-grid.ts';

/** One line for each bin that has faces; angles in degrees, the upper bounds outside. */
export function coverageCsv(subjects: readonly { readonly name: string; readonly grid: PoseGrid }[]): string {
  const lines = subjects.flatMap(({ name, grid }) =>
    grid
      .bins()
      .filter((bin) => grid.countAt(bin) > 0)
      .map((bin) => {
        const { yaw, pitch } = grid.regionOf(bin);
        return [quoted(name), ...yaw, ...pitch, grid.countAt(bin), grid.approvedAt(bin)].join(',');
      }),
  );
  return ['subject,yaw_from,yaw_to,pitch_from,pitch_to,faces,approved', ...lines, ''].join('\r\n');
}

/** Quotes a text, so that a spreadsheet takes it neither for several cells nor for a formula. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
