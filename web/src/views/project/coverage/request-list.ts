/** The poses to ask a client for: the thin bins of several subjects, in words. */
import { formatCount } from '../../../ui/format.ts';
import { formatAngle } from '../../../ui/poses/pose-grid.ts';
import { type ThinBins, type ThinRun, thinRuns } from '../../../ui/poses/thin-bins.ts';

export interface PoseRequest extends ThinRun {
  readonly subject: string;
  /** `yaw −60° to −40°, pitch +20° to +30°` */
  readonly poses: string;
}

/** Returns what is missing, the largest gaps first. */
export function listRequests(subjects: readonly { readonly name: string; readonly thin: ThinBins }[]): PoseRequest[] {
  return subjects
    .flatMap(({ name, thin }) => thinRuns(thin).map((run) => ({ ...run, subject: name, poses: describePoses(run) })))
    .toSorted((a, b) => b.want - b.have - (a.want - a.have));
}

/** Writes the list as sentences for a message to the client. */
export function writeRequests(requests: readonly PoseRequest[]): string {
  return requests
    .map(
      ({ subject, poses, have, want }) =>
        `${subject}: ${poses}. We have ${formatCount(have)} and need ${formatCount(want)}.`,
    )
    .join('\n');
}

function describePoses({ region: { yaw, pitch } }: ThinRun): string {
  return `yaw ${yaw.map(formatAngle).join(' to ')}, pitch ${pitch.map(formatAngle).join(' to ')}`;
}
