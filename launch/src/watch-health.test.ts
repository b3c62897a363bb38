import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WatchHealthOptions, watchHealth } from './watch-health.ts';

let server: Server;
let stop: AbortController;
/** How the server answers; null: not at all. */
let status: number | null;
let asked: number;
let ended: number;
let said: string[];

beforeEach(async () => {
  status = 200;
  asked = 0;
  ended = 0;
  said = [];
  stop = new AbortController();
  server = createServer((_, response) => {
    asked++;
    if (status !== null) response.writeHead(status).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  stop.abort();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function watch(options: Partial<WatchHealthOptions> = {}): void {
  void watchHealth({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/health`,
    everyMs: 5,
    patienceMs: 200,
    onSilent: () => ended++,
    say: (sentence) => said.push(sentence),
    signal: stop.signal,
    ...options,
  });
}

describe('watchHealth', () => {
  test('ends the server when it has not answered three times', async () => {
    status = null;
    let askedUntilEnd = 0;
    const onSilent = () => {
      ended++;
      askedUntilEnd = asked;
      stop.abort();
    };
    watch({ onSilent });
    await expect.poll(() => ended).toBe(1);
    expect(askedUntilEnd).toBe(3);
    expect(said).toEqual(['The server does not answer and is ended.']);
  });

  test('leaves a server alone that answers that something is wrong', async () => {
    status = 503;
    watch();
    await expect.poll(() => asked).toBeGreaterThan(10);
    expect(ended).toBe(0);
  });

  test('gives up when it has ended the server too often, and says so once', async () => {
    status = null;
    watch({ patienceMs: 20, perHour: 2 });
    await expect.poll(() => said.length).toBe(3);
    const before = asked;
    await expect.poll(() => asked).toBeGreaterThan(before + 5);
    expect([ended, said.length]).toEqual([2, 3]);
  });
});
