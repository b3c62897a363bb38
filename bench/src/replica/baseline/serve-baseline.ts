/** Builds and serves the page, and relays its requests to `/api` to the product. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { temporaryFolder } from '@ingesthub/e2e/temporary-folder.ts';
import { build } from 'vite';

export interface ServedBaseline extends AsyncDisposable {
  readonly url: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** @param product the product's origin. */
export async function serveBaseline(product: string): Promise<ServedBaseline> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await temporaryFolder());
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'error',
    // Vite would define it as an object, which PGlite mistakes for Node's.
    define: { 'globalThis.process.env': 'undefined' },
    worker: { format: 'es' },
    build: { target: 'es2022', outDir: folder.path },
  });
  const server = createServer((incoming, response) => {
    const answer = incoming.url?.startsWith('/api/')
      ? relay(product, incoming, response)
      : sendFile(folder.path, incoming, response);
    answer.catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stack.defer(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const { port } = server.address() as AddressInfo;
  const owned = stack.move();
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

async function relay(product: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  // The product answers only requests to its own origin.
  const headers = { ...incoming.headers, host: new URL(product).host };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  request(new URL(incoming.url ?? '/', product), { headers }, resolve)
    .once('error', reject)
    .end();
  const answer = await promise;
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  await pipeline(answer, response);
}

async function sendFile(folder: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
  const file = path.join(folder, pathname === '/' ? 'index.html' : path.normalize(pathname));
  const body = await readFile(file).catch(() => null);
  response.writeHead(body === null ? 404 : 200, {
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
  });
  response.end(body);
}
