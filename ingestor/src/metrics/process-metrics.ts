/** Reports on the process itself, under the names that dashboards know. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from './metrics.ts';

/** @returns a function that ends the measurement. */
export function addProcessMetrics(metrics: Metrics, info: { host: string; version: string }): () => void {
  const { registry } = metrics;
  registry
    .gauge('ihub_info', 'The ingestor’s host and version.', ['host', 'version'])
    .set(1, { host: info.host, version: info.version });
  registry
    .gauge('process_start_time_seconds', 'Start time in seconds since 1970.')
    .set(Math.round(performance.timeOrigin) / 1000);
  const resident = registry.gauge('process_resident_memory_bytes', 'Memory in use.');
  const heap = registry.gauge('nodejs_heap_size_used_bytes', 'Memory used by JavaScript objects.');
  const cpu = registry.counter('process_cpu_seconds_total', 'Processor time, user and system.');
  const lag = registry.gauge(
    'nodejs_eventloop_lag_p99_seconds',
    '99th percentile of timer delay since the last answer.',
  );
  const delays = monitorEventLoopDelay({ resolution: 20 });
  delays.enable();
  metrics.onCollect(() => {
    const memory = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    resident.set(memory.rss);
    heap.set(memory.heapUsed);
    cpu.reach((user + system) / 1e6);
    lag.set(delays.count === 0 ? null : delays.percentile(99) / 1e9);
    delays.reset();
  });
  return () => delays.disable();
}
