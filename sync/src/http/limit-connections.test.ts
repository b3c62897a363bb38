import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConnectionLimits, checkingInterval, limitConnections } from './limit-connections.ts';

const limits: ConnectionLimits = { connections: 5, headersMs: 400, requestMs: 800, readMs: 600, readBytes: 1024 };
const LARGE = 64 * 1024 * 1024;
let server: Server;
let sockets: Socket[];

beforeEach(async () => {
  sockets = [];
  server = createServer(checkingInterval(limits), (request, response) => {
    request.resume();
    if (request.url === '/large') response.end(Buffer.alloc(LARGE));
    else if (request.url === '/waits') return;
    else request.once('end', () => response.end('whole'));
  });
  limitConnections(server, limits);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Opens a connection that sends `text` and reads nothing on its own. */
function open(text: string): { socket: Socket; closed: Promise<void> } {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(text));
  socket.on('error', () => {});
  sockets.push(socket);
  return {
    socket,
    closed: new Promise((resolve) => server.once('connection', (end) => end.once('close', () => resolve()))),
  };
}

describe('limitConnections', () => {
  test('disconnects a reader that does not read its waiting bytes', async () => {
    const { closed } = open('GET /large HTTP/1.1\r\nhost: x\r\n\r\n');
    await closed;
    await expect.poll(() => connections()).toBe(0);
  });

  test('disconnects a client whose headers or body do not arrive', async () => {
    await open('GET / HTTP/1.1\r\nhost').closed;
    await open('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n1').closed;
  });

  test('keeps an idle reader while nothing waits for it, and disconnects one that ignores its bytes', async () => {
    const waiting = open('GET /waits HTTP/1.1\r\nhost: x\r\n\r\n').socket;
    open('GET /large HTTP/1.1\r\nhost: x\r\n\r\n');
    await expect.poll(() => connections()).toBe(2);
    await expect.poll(() => connections()).toBe(1);
    expect(waiting.closed).toBe(false);
  });

  test('keeps a reader that takes its bytes in small parts', async () => {
    const { socket } = open('GET /large HTTP/1.1\r\nhost: x\r\n\r\n');
    let bytes = 0;
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      socket.pause();
      setTimeout(() => socket.resume(), 1);
    });
    await expect.poll(() => bytes).toBeGreaterThan(LARGE);
  });

  test('accepts no more connections than the limit', async () => {
    const all = Array.from({ length: 8 }, () => open('').socket);
    await expect.poll(() => all.filter(({ closed }) => closed).length).toBe(3);
  });
});

function connections(): Promise<number> {
  return new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
}
