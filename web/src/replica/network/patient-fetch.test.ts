import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { patientFetch, readText } from './patient-fetch.ts';

const SILENCE = 100;

async function serve(listener: RequestListener): Promise<{ url: string } & Disposable> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test('patientFetch: gives up on a server that accepts a request but never answers, and closes the connection', async () => {
  const closed = Promise.withResolvers<void>();
  using server = await serve(({ socket }) => socket.once('close', () => closed.resolve()));
  await expect(patientFetch(fetch, SILENCE)(server.url)).rejects.toThrow('silent for 0.1 s');
  await closed.promise;
});

test('readText: gives up on a body that stalls, and reads a complete body however it is cut', async () => {
  using server = await serve((request, response) => {
    const bytes = Buffer.from('æ all of it');
    response.write(bytes.subarray(0, 1));
    if (request.url === '/whole') setTimeout(() => response.end(bytes.subarray(1)), 10);
  });
  expect(await readText(await fetch(`${server.url}/whole`))).toBe('æ all of it');
  await expect(readText(await fetch(`${server.url}/stops`), SILENCE)).rejects.toThrow('silent for 0.1 s');
});
