/** Describes for people how a run ended. */
import type { RunRow } from '@ingesthub/schema/library/rows.ts';
import type { RunReport } from '../../sql/reports.ts';
import { CommandError } from '../context/command-error.ts';
import { plural } from '../terminal/text-table.ts';

/** Problems shown to people; the document has them all. */
const SHOWN = 50;

/** @throws CommandError for a run that did not end as done. */
export function requireDone(run: RunRow, packageName: string): void {
  if (run.status === 'failed') {
    throw new CommandError('internal', `${packageName} was not ingested: ${run.problem ?? 'no reason given'}`);
  }
  if (run.status === 'cancelled') throw new CommandError('conflict', `The ingest of ${packageName} was cancelled.`);
}

export function reportLines(report: RunReport): string[] {
  const { total, with_problems, by_file_type } = report.assets;
  const parts = Object.entries(by_file_type).map(([fileType, count]) => `${count} ${fileType}`);
  const problems = report.problems.slice(0, SHOWN);
  return [
    `Ingested ${report.package.name} into ${report.project.name} as ${report.package.type}: ${plural(total, 'asset')} (${parts.join(', ')}).`,
    ...(report.run.problem === null ? [] : [report.run.problem]),
    ...(with_problems > 0 ? [`${plural(with_problems, 'asset')} with a problem:`] : []),
    ...problems.map(({ relative_path, problem }) => `  ${relative_path}: ${problem}`),
    ...(report.problems.length > SHOWN ? [`  … and ${report.problems.length - SHOWN} more (--json lists all)`] : []),
  ];
}
