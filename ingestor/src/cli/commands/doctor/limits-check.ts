/** Checks the system's limits for one process. */
import { readFile } from 'node:fs/promises';
import { type Finding, ok, warning } from './finding.ts';

/** Null: the system does not report the limit. */
export interface LimitFacts {
  readonly openFiles: number | null;
  readonly inotifyWatches: number | null;
  readonly inotifyInstances: number | null;
}

/** One watch for each folder below the media roots. */
const ENOUGH_WATCHES = 65_536;
const ENOUGH_INSTANCES = 128;
const ENOUGH_FILES = 4096;

export async function limitFacts(): Promise<LimitFacts> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  return {
    openFiles: numberIn(/^Max open files\s+(\d+)/m.exec(limits)?.[1]),
    inotifyWatches: numberIn(await readFile('/proc/sys/fs/inotify/max_user_watches', 'utf8').catch(() => undefined)),
    inotifyInstances: numberIn(
      await readFile('/proc/sys/fs/inotify/max_user_instances', 'utf8').catch(() => undefined),
    ),
  };
}

export function limitFindings({ openFiles, inotifyWatches, inotifyInstances }: LimitFacts): Finding[] {
  const findings: Finding[] = [];
  if (inotifyWatches !== null) {
    const sysctl = `sudo sysctl fs.inotify.max_user_watches=${ENOUGH_WATCHES * 8}`;
    findings.push(
      inotifyWatches < ENOUGH_WATCHES
        ? warning(
            'inotify',
            `Only ${inotifyWatches} folders can be watched; deliveries in others are found later.`,
            sysctl,
          )
        : ok('inotify', `${inotifyWatches} folders can be watched`),
    );
  }
  if (inotifyInstances !== null && inotifyInstances < ENOUGH_INSTANCES) {
    const sysctl = `sudo sysctl fs.inotify.max_user_instances=${ENOUGH_INSTANCES * 4}`;
    findings.push(warning('inotify', `An account may have only ${inotifyInstances} sets of watches.`, sysctl));
  }
  if (openFiles !== null) {
    const advice = 'raise the limit: ulimit -n 65536, or LimitNOFILE= of the service';
    findings.push(
      openFiles < ENOUGH_FILES
        ? warning('open files', `A process may have only ${openFiles} files open.`, advice)
        : ok('open files', `a process may have ${openFiles} files open`),
    );
  }
  return findings;
}

function numberIn(text: string | undefined): number | null {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) ? null : value;
}
