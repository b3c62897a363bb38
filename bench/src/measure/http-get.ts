/** HTTP GET by `node:http`, which returns the bytes on the wire; `fetch` would decompress them. */
import { type Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';

export interface GetOptions {
  readonly agent: Agent;
  readonly encoding?: 'identity' | 'gzip' | 'zstd';
  readonly signal?: AbortSignal;
  /** Called when the request has been handed to the kernel. */
  readonly onSent?: () => void;
}

/** Time for which a shape with a slow snapshot is requested again, as clients do. */
const PATIENCE_MS = 300_000;

/** Thrown when the followed shape no longer exists and its reader has to start over. */
export class ShapeGoneError extends Error {}

/**
 * @returns the response, its body unread.
 * @throws ShapeGoneError for a 409; Error with the status and the body for any other answer except 200 and a 503 with a
 * retry time.
 */
export async function httpGet(url: URL, options: GetOptions): Promise<IncomingMessage> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const response = await request(url, options);
    const { statusCode, headers } = response;
    if (statusCode === 200) return response;
    const body = (await readBody(response)).toString();
    if (statusCode === 409) throw new ShapeGoneError(`${url.search.slice(0, 80)} has to be fetched again`);
    const seconds = Number(headers['retry-after']);
    if (statusCode !== 503 || !(seconds > 0) || Date.now() > deadline)
      throw new Error(`${url.search.slice(0, 80)} was answered ${statusCode}: ${body.slice(0, 300)}`);
    await setTimeout(seconds * 1000, null, { ...(options.signal && { signal: options.signal }) });
  }
}

function request(url: URL, options: GetOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { agent, encoding = 'identity', signal, onSent } = options;
    const headers = { 'accept-encoding': encoding };
    const sent = get(url, { agent, headers, ...(signal && { signal }) }, resolve);
    sent.once('error', (error: NodeJS.ErrnoException) => {
      // The server closed the idle connection just before; retry on another one, as every client does.
      if (sent.reusedSocket && error.code === 'ECONNRESET') request(url, options).then(resolve, reject);
      else reject(error);
    });
    if (onSent) sent.once('finish', onSent);
  });
}

export async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Reads a body to its end without storing it. Rejects on connection errors. */
export function drain(response: IncomingMessage, onChunk: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    response.on('data', onChunk).once('end', resolve).once('error', reject);
  });
}
