import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type WatchHealthOptions, watchHealth } from './watch-health.ts';

let server: Server;
let stop: AbortController;
/** The server's answer; null for no answer. */
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
  test('ends the server after three missed answers', async () => {
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
    expect(said).toEqual(['The server does not answer and is being stopped.']);
  });

  test('does not end a server that answers with an error', async () => {
    status = 503;
    watch();
    await expect.poll(() => asked).toBeGreaterThan(10);
    expect(ended).toBe(0);
  });

  test('gives up after ending the server too often and reports that once', async () => {
    status = null;
    watch({ patienceMs: 20, perHour: 2 });
    await expect.poll(() => said.length).toBe(3);
    const before = asked;
    await expect.poll(() => asked).toBeGreaterThan(before + 5);
    expect([ended, said.length]).toEqual([2, 3]);
  });
});
