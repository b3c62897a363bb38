import { get } from 'node:http';
import { describe, expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';
import { addProcessMetrics } from './process-metrics.ts';
import { Registry } from './registry.ts';
import { serveMetrics } from './serve-metrics.ts';

describe('Registry', () => {
  test('writes Prometheus’ text format', () => {
    const registry = new Registry();
    registry.counter('made_total', 'What was\nmade.', ['kind']).add(2, { kind: 'a "b"\\c\n' });
    registry.gauge('free_bytes', 'Room.').set(1.5);
    const seconds = registry.histogram('job_seconds', 'Time.', ['kind'], [1, 5]);
    seconds.observe(0.5, { kind: 'x' });
    seconds.observe(3, { kind: 'x' });
    seconds.observe(9, { kind: 'x' });
    expect(registry.text()).toBe(
      String.raw`# HELP made_total What was\nmade.
# TYPE made_total counter
made_total{kind="a \"b\"\\c\n"} 2
# HELP free_bytes Room.
# TYPE free_bytes gauge
free_bytes 1.5
# HELP job_seconds Time.
# TYPE job_seconds histogram
job_seconds_bucket{kind="x",le="1"} 1
job_seconds_bucket{kind="x",le="5"} 2
job_seconds_bucket{kind="x",le="+Inf"} 3
job_seconds_sum{kind="x"} 12.5
job_seconds_count{kind="x"} 3
`,
    );
  });

  test('omits unknown values, and starts counters at 0', () => {
    const registry = new Registry();
    registry.counter('a_total', 'A.');
    const gauge = registry.gauge('b', 'B.');
    gauge.set(1);
    gauge.set(null);
    expect(registry.text()).toBe('# HELP a_total A.\n# TYPE a_total counter\na_total 0\n');
  });

  test('rejects a counter that falls, and a second metric of the same name', () => {
    const registry = new Registry();
    expect(() => registry.counter('a_total', 'A.').add(-1)).toThrow(RangeError);
    expect(() => registry.gauge('a_total', 'A.')).toThrow(TypeError);
  });
});

describe('createMetrics', () => {
  test('times jobs by outcome, and rethrows their errors', async () => {
    const metrics = createMetrics();
    await expect(metrics.timeJob('video', async () => 7)).resolves.toBe(7);
    await expect(metrics.timeJob('video', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    const text = await metrics.text();
    expect(text).toContain('ihub_job_seconds_count{kind="video",outcome="done"} 1');
    expect(text).toContain('ihub_job_seconds_count{kind="video",outcome="failed"} 1');
  });

  test('counts the tokens that the model reported, and none that it did not', async () => {
    const metrics = createMetrics();
    metrics.countModel({ prompt_tokens: 100, output_tokens: null, cost_usd: 0.25, requests: 2, cached: 1 });
    const text = await metrics.text();
    expect(text).toContain('ihub_model_tokens_total{direction="prompt"} 100');
    expect(text).not.toContain('direction="output"');
    expect(text).toContain('ihub_model_requests_total{outcome="asked"} 2');
    expect(text).toContain('ihub_model_cost_dollars_total 0.25');
  });

  test('reports on the process', async () => {
    const metrics = createMetrics();
    const end = addProcessMetrics(metrics, { host: 'nas', version: '1' });
    const text = await metrics.text();
    end();
    expect(text).toContain('ihub_info{host="nas",version="1"} 1');
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  });
});

describe('serveMetrics', () => {
  test('answers only on this machine, and stops when its signal aborts', async () => {
    const stop = new AbortController();
    const metrics = createMetrics();
    metrics.assetsRegistered.add(3);
    const { port, ended } = await serveMetrics(metrics, 0, stop.signal);
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(response.headers.get('content-type')).toContain('version=0.0.4');
    expect(await response.text()).toContain('ihub_assets_registered_total 3');
    expect((await fetch(`http://127.0.0.1:${port}/other`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status).toBe(405);
    await expect(serveMetrics(metrics, port, stop.signal)).rejects.toThrow(/cannot be opened \(EADDRINUSE\)/);
    stop.abort();
    await ended;
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  });

  test('rejects a request with another host name or from another origin', async () => {
    const stop = new AbortController();
    const { port, ended } = await serveMetrics(createMetrics(), 0, stop.signal);
    const statusWith = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        get({ host: '127.0.0.1', port, path: '/metrics', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
    expect(await statusWith({ host: `localhost:${port}` })).toBe(200);
    expect(await statusWith({ host: `[::1]:${port}` })).toBe(200);
    expect(await statusWith({ host: `studio.example:${port}` })).toBe(403);
    expect(await statusWith({ host: `127.0.0.1.studio.example:${port}` })).toBe(403);
    expect(await statusWith({ host: `127.0.0.1:${port}`, origin: 'https://studio.example' })).toBe(403);
    expect(await statusWith({ host: `127.0.0.1:${port}`, 'sec-fetch-site': 'cross-site' })).toBe(403);
    stop.abort();
    await ended;
  });
});
