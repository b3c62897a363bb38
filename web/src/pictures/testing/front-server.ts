/**
 * Serves built files, and the real server behind the same origin. Simulates a network that can be cut or stalled,
 * and records which thumbnails it delivered.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { freePort } from '@ingesthub/launch/free-port.ts';
import { z } from 'zod';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
};
const asked = z.object({ ids: z.array(z.string()) });

export class FrontServer implements AsyncDisposable {
  readonly url: string;
  /** Assets whose thumbnails were delivered in packs, in order. */
  readonly brought: string[] = [];
  /** Requested media, each with its range. */
  readonly media: string[] = [];
  /** How many packs and how many media answers are still delivered; requests beyond that never get an answer. */
  packsLeft = Number.POSITIVE_INFINITY;
  mediaLeft = Number.POSITIVE_INFINITY;
  readonly #port: number;
  readonly #folder: string;
  readonly #target: string;
  #server: Server | null = null;

  private constructor(port: number, folder: string, target: string) {
    this.url = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#folder = folder;
    this.#target = target;
  }

  /** @param folder holds the built files. @param target the real server's address. */
  static async start(folder: string, target: string): Promise<FrontServer> {
    const server = new FrontServer(await freePort(), folder, target);
    await server.mend();
    return server;
  }

  async mend(): Promise<void> {
    const server = createServer((incoming, outgoing) => {
      this.#answer(incoming, outgoing).catch(() => outgoing.destroy());
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#server = server;
  }

  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    server?.closeAllConnections();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.cut();
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { pathname } = new URL(incoming.url ?? '/', this.url);
    if (!/^\/(api|media)\//.test(pathname)) return this.#sendFile(pathname, outgoing);
    const body = await readAll(incoming);
    let ids: string[] = [];
    if (pathname === '/api/thumbnails') {
      this.packsLeft -= 1;
      if (this.packsLeft < 0) return;
      ids = asked.parse(JSON.parse(body.toString())).ids;
    }
    if (pathname.startsWith('/media/')) {
      this.mediaLeft -= 1;
      if (this.mediaLeft < 0) return;
      this.media.push(`${pathname.split('/').at(-1)} ${incoming.headers.range ?? 'whole'}`);
    }
    const options = {
      method: incoming.method,
      headers: { ...incoming.headers, host: new URL(this.#target).host, origin: this.#target },
    };
    const passed = request(this.#target + incoming.url, options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing).on('finish', () => this.brought.push(...ids));
    });
    passed.on('error', () => outgoing.destroy());
    passed.end(body);
  }

  async #sendFile(pathname: string, outgoing: ServerResponse): Promise<void> {
    const name = extname(pathname) === '' ? 'index.html' : pathname;
    const file = await readFile(join(this.#folder, name)).catch(() => null);
    outgoing.writeHead(file ? 200 : 404, { 'content-type': types[extname(name)] ?? 'application/octet-stream' });
    outgoing.end(file);
  }
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece);
  return Buffer.concat(pieces);
}
