/**
 * Attacks on a whole server, bounded in number and time. During each attack a second client requests health, the app and
 * a thumbnail; the test prints the response times and the server's memory. Two baselines put the times in proportion: the
 * same requests before the attack, and a bare server in its own process that is requested during it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServerProcess } from './testing/server-process.ts';
import { insertTestLibrary, type TestLibrary } from './testing/test-library.ts';

/** A probe that takes longer counts as failed. */
const PATIENCE_MS = 10_000;
/** The server's limits for slow connections, plus time to enforce them. */
const ENDED_WITHIN_MS = 120_000;

const BARE_SERVER = `
  const answer = (_, response) => response.end('{"status":"ok"}');
  require('node:http').createServer(answer).listen(Number(process.argv[1]), '127.0.0.1', () => process.send('ready'));
  process.on('disconnect', () => process.exit());`;

let server: ServerProcess;
let folder: string;
let library: TestLibrary;
/** Answers every request at once. */
let bare: ChildProcess;
let bareUrl: string;
let url: string;
let port: number;

beforeEach(async () => {
  server = await ServerProcess.prepare();
  ({ folder } = server);
  const source = path.join(folder, 'media/package');
  await mkdir(source, { recursive: true });
  library = await insertTestLibrary(server.database.sql, { assets: 2, sourcePath: source });
  await writeFile(path.join(source, '1.png'), 'picture');
  await writeFile(path.join(source, '2.png'), Buffer.alloc(64 * 1024 * 1024));
  await server.addThumbnail(library.assetIds[0] ?? '', Buffer.alloc(20_000));
  await server.start({
    MEDIA_ROOT_PATHS: path.join(folder, 'media'),
    UV_THREADPOOL_SIZE: process.env['ATTACKED_THREADS'] ?? '16',
  });
  ({ url, port } = server);
  const barePort = await freePort();
  bareUrl = `http://127.0.0.1:${barePort}`;
  bare = spawn(process.execPath, ['-e', BARE_SERVER, String(barePort)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await new Promise((resolve) => bare.once('message', resolve));
});
afterEach(async () => {
  bare.kill('SIGKILL');
  await server[Symbol.asyncDispose]();
});

async function memory(): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** Repeats the requests that people depend on until `over` aborts. Returns the timings per target and the number of failures. */
async function asked(over: AbortSignal): Promise<{ words: string; unanswered: number }> {
  const thumbnail = `${url}/media/assets/${library.assetIds[0]}/thumbnail`;
  const targets = { health: `${url}/api/health`, app: `${url}/`, thumbnail, 'bare server': bareUrl };
  let unanswered = 0;
  const words = Object.entries(targets).map(async ([target, address]) => {
    const times: number[] = [];
    while (!over.aborted) {
      const begun = performance.now();
      const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => null);
      await answer?.arrayBuffer().catch(() => {});
      if (answer === null) unanswered++;
      times.push(performance.now() - begun);
      await delay(20);
    }
    times.sort((a, b) => a - b);
    const middle = times[Math.floor(times.length / 2)] ?? 0;
    return `${target} ${middle.toFixed(0)} / ${(times.at(-1) ?? 0).toFixed(0)} ms (${times.length})`;
  });
  return { words: (await Promise.all(words)).join(', '), unanswered };
}

/** Probes before the attack, during it and for some seconds afterwards. */
async function probed(name: string, attack: () => Promise<unknown>): Promise<{ unanswered: number }> {
  const idle = await asked(AbortSignal.timeout(3_000));
  const over = new AbortController();
  const before = await memory();
  let most = before;
  const watching = (async () => {
    while (!over.signal.aborted) {
      most = Math.max(most, await memory());
      await delay(50);
    }
  })();
  const during = asked(over.signal);
  const begun = performance.now();
  await attack();
  const took = (performance.now() - begun) / 1000;
  await delay(3_000);
  over.abort();
  await watching;
  const { words, unanswered } = await during;
  console.log(
    `${name}: ${took.toFixed(1)} s; p50 / max (asked): ${words}; unanswered ${unanswered}; ` +
      `memory ${before.toFixed(0)} MB before, ${most.toFixed(0)} at most, ${(await memory()).toFixed(0)} after\n` +
      `${name}, before the attack: ${idle.words}`,
  );
  return { unanswered };
}

/** Makes `count` calls, `atOnce` of them at a time. */
async function times(count: number, atOnce: number, call: () => Promise<unknown>): Promise<void> {
  let left = count;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) await call().catch(() => {});
    }),
  );
}

test('keeps serving when an original suddenly becomes a pipe', async () => {
  const file = path.join(folder, 'media/package/1.png');
  const pipe = path.join(folder, 'media/package/pipe');
  execFileSync('mkfifo', [pipe]);
  const over = new AbortController();
  const swapping = (async () => {
    while (!over.signal.aborted) {
      await rename(file, `${file}.aside`);
      await rename(pipe, file);
      await rename(file, pipe);
      await rename(`${file}.aside`, file);
    }
  })();
  const { unanswered } = await probed('pipe', () =>
    times(400, 8, async () => {
      const signal = AbortSignal.timeout(2_000);
      await (await fetch(`${url}/media/assets/${library.assetIds[0]}/original`, { signal })).arrayBuffer();
    }),
  );
  over.abort();
  await swapping;
  expect(unanswered).toBe(0);
});

test('disconnects readers that never read and senders that never send', async () => {
  const sockets: Socket[] = [];
  const open = (text: string) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.on('error', () => {});
    socket.pause();
    sockets.push(socket);
  };
  const { unanswered } = await probed('never reading', async () => {
    for (let count = 0; count < 150; count++) {
      open(`GET /media/assets/${library.assetIds[1]}/original HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
      open(`GET /api/health HTTP/1.1\r\nhost: 127.0`);
      open(
        `POST /api/mutations HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{`,
      );
    }
    await delay(15_000);
  });
  expect(unanswered).toBe(0);
  const established = async () => {
    const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
    const lines = (await readFile('/proc/net/tcp', 'utf8')).split('\n');
    return lines.filter((line) => line.includes(`0100007F:${hexPort} `) && / 01 /.test(line.slice(30))).length;
  };
  await expect.poll(established, { timeout: ENDED_WITHIN_MS, interval: 1_000 }).toBeLessThan(10);
  for (const socket of sockets) socket.destroy();
});

test('creates no shapes for random clients from foreign pages or local tools', async () => {
  const answers = new Map<number, number>();
  const ask = async (headers: Record<string, string>) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const target = `${url}/api/shapes/mutations?client=${randomUUID()}&offset=-1`;
    const answer = await fetch(target, { headers, signal });
    answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1);
    await answer.arrayBuffer();
  };
  const { unanswered } = await probed('drive-by', async () => {
    await times(1000, 8, () => ask({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }));
    await times(1000, 8, () => ask({}));
  });
  const begun = performance.now();
  const own = await fetch(`${url}/api/shapes/assets?project=${library.projectId}&offset=-1`);
  await own.text();
  const folders = await readdir(path.join(folder, 'data/shapes'), { recursive: true });
  const shapes = folders.filter((name) => /\d+-\d{10,}$/.test(name)).length;
  console.log(
    `drive-by: answers ${JSON.stringify([...answers])}, shapes on disk ${shapes}, a new shape after it ${(performance.now() - begun).toFixed(0)} ms`,
  );
  expect(unanswered).toBe(0);
  expect(own.status).toBe(200);
  expect(shapes).toBeLessThan(20);
});

test('rejects a request full of bad ids with a short message', async () => {
  const ids = Array.from({ length: 99_000 }, () => 'x'.repeat(130));
  const mutation = { id: randomUUID(), name: 'assets.review', args: { ids, review_status: 'approved' } };
  const body = JSON.stringify({ client: randomUUID(), mutations: [mutation] });
  const short = JSON.stringify({
    client: randomUUID(),
    mutations: [
      { ...mutation, id: randomUUID(), args: { ids: Array(3_500_000).fill('x'), review_status: 'approved' } },
    ],
  });
  let said = 0;
  const { unanswered } = await probed(`bad ids, ${body.length} and ${short.length} bytes`, async () => {
    for (const request of [body, short]) {
      const answer = await fetch(`${url}/api/mutations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: request,
        signal: AbortSignal.timeout(100_000),
      });
      said = Math.max(said, (await answer.text()).length);
    }
  });
  console.log(`bad ids: the longest answer has ${said} characters`);
  expect(unanswered).toBe(0);
  expect(said).toBeLessThan(2_000);
});
