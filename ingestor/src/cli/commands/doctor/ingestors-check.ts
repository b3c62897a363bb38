/** Checks the ingestors that should be running. */
import { type Finding, failed, ok, warning } from './finding.ts';

export interface IngestorFacts {
  readonly host: string;
  readonly alive: boolean;
  readonly version: string;
  readonly problem: string | null;
}

export function ingestorFindings(
  ingestors: readonly IngestorFacts[],
  here: { host: string; version: string },
): Finding[] {
  const check = 'ingestor';
  const start = 'start one with npm start, or ihub daemon';
  if (ingestors.length === 0) return [warning(check, 'No ingestor has run yet.', start)];
  const isWorking = ingestors.some(({ alive }) => alive);
  const findings = ingestors.map(({ host, alive, version, problem }) => {
    if (alive && problem !== null) return warning(check, `${host} takes no work: ${problem}`);
    if (alive && version !== here.version) {
      return warning(check, `${host} runs version ${version}, this is ${here.version}.`, 'run the same on all hosts');
    }
    if (alive) return ok(check, `${host} is alive, version ${version}`);
    // An ingestor of another host may have been retired on purpose.
    return host === here.host || !isWorking
      ? warning(check, `${host} is not running.`, start)
      : ok(check, `${host} is not running; others are`);
  });
  return isWorking ? findings : [...findings, failed(check, 'No ingestor is alive: nothing is ingested.', start)];
}
