/** Audits a replica shortly after it was opened, once a day, and on request. */
import type { AuditReport } from '../model/replica.ts';

export interface AuditsOptions {
  readonly audit: () => Promise<AuditReport>;
  /** Whether an audit can run now: the replica is complete and the server answers. */
  readonly isReady: () => boolean;
  readonly onReport: (report: AuditReport) => void;
  readonly onProblem: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Milliseconds before the first audit, so that it does not slow down what people opened the app for. */
const FIRST_MS = 2 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** @returns a function that audits at once, or joins the audit under way. */
export function startAudits({
  audit,
  isReady,
  onReport,
  onProblem,
  signal,
}: AuditsOptions): () => Promise<AuditReport> {
  let running: Promise<AuditReport> | null = null;
  let timer: ReturnType<typeof setTimeout>;

  function run(): Promise<AuditReport> {
    running ??= audit()
      .then((report) => {
        onReport(report);
        return report;
      })
      .finally(() => {
        running = null;
      });
    return running;
  }

  function later(ms: number): void {
    timer = setTimeout(() => {
      const ready = isReady();
      if (ready) run().catch(onProblem);
      later(ready ? DAY_MS : FIRST_MS);
    }, ms);
  }

  later(FIRST_MS);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return run;
}

/** Describes a report in sentences for people; null when there is nothing to report. */
export function describeReport({ repairedRows, unrepaired }: AuditReport): string | null {
  const sentences: string[] = [];
  if (repairedRows > 0) {
    const rows = repairedRows === 1 ? '1 row of this device’s copy' : `${repairedRows} rows of this device’s copy`;
    sentences.push(`Replaced ${rows} that differed from the server.`);
  }
  if (unrepaired.length > 0) {
    sentences.push(
      `Some data on this device still differs from the server (${unrepaired.join(', ')}). Send this message to your admin.`,
    );
  }
  return sentences.length > 0 ? sentences.join(' ') : null;
}
