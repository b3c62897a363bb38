/** Many live readers of one shape, in separate processes so that they are not the bottleneck. */
import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { ShapeGoneError } from '../measure/http-get.ts';
import { type CrowdOrder, type CrowdReport, crowdReport } from './crowd-messages.ts';

const PROCESSES = 2;
const TIMEOUT_MS = 120_000;
/** Time for a request handed to the kernel to become one that waits in the server. */
const SETTLE_MS = 300;

export class Crowd implements Disposable {
  readonly #processes: ReportedProcess[];

  private constructor(processes: ReportedProcess[]) {
    this.#processes = processes;
  }

  /**
   * Starts the readers and returns when all of them wait for a message.
   *
   * @throws Error when a reader fails.
   */
  static async gather(order: CrowdOrder): Promise<Crowd> {
    const processes = Math.min(PROCESSES, order.readers);
    const shares = Array.from({ length: processes }, (_, index) => Math.floor((order.readers + index) / processes));
    const crowd = new Crowd(shares.map((readers) => new ReportedProcess({ ...order, readers })));
    try {
      await crowd.#reports();
    } catch (error) {
      crowd[Symbol.dispose]();
      throw error;
    }
    return crowd;
  }

  /**
   * @param commit commits one transaction that changes the shape.
   * @returns when each reader had the transaction's last byte, in monotonic milliseconds.
   * @throws Error when a reader fails.
   */
  async receive(commit: () => Promise<void>): Promise<number[]> {
    await setTimeout(SETTLE_MS);
    const reports = this.#reports();
    reports.catch(() => {});
    await commit();
    return reports;
  }

  async #reports(): Promise<number[]> {
    return (await Promise.all(this.#processes.map((one) => one.report()))).flat();
  }

  [Symbol.dispose](): void {
    for (const one of this.#processes) one.end();
  }
}

class ReportedProcess {
  readonly #child: ChildProcess;

  constructor(order: CrowdOrder) {
    this.#child = fork(new URL('./crowd-process.ts', import.meta.url));
    this.#child.send(order);
  }

  /** Waits for the next report. */
  async report(): Promise<number[]> {
    const { promise, resolve, reject } = Promise.withResolvers<CrowdReport>();
    const onMessage = (message: unknown): void => resolve(crowdReport.parse(message));
    const onExit = (): void => reject(new Error('A process of readers ended.'));
    this.#child.once('message', onMessage).once('exit', onExit);
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const onTimeout = (): void =>
      reject(new Error(`A reader did not get the transaction within ${TIMEOUT_MS / 1000} s.`));
    signal.addEventListener('abort', onTimeout);
    try {
      const report = await promise;
      if ('failure' in report) {
        const message = `A reader failed: ${report.failure}`;
        throw report.gone ? new ShapeGoneError(message) : new Error(message);
      }
      return report.received;
    } finally {
      signal.removeEventListener('abort', onTimeout);
      this.#child.off('message', onMessage).off('exit', onExit);
    }
  }

  end(): void {
    this.#child.disconnect();
  }
}
