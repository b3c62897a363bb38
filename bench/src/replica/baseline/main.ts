/** Starts a worker with the options in the address and keeps its reports for the benchmark to read. */
import type { BaselineReport } from './worker.ts';

const reports: BaselineReport[] = [];
Object.assign(globalThis, { reports });
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: location.search });
worker.onmessage = ({ data }: MessageEvent<BaselineReport>) => reports.push(data);
worker.onerror = ({ message }) => reports.push({ step: 'failed', at: performance.now(), reason: message });
