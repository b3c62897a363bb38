/** `node:http`, because it gives a response's bytes as they come over the wire: `fetch` undoes the compression. */
import { type Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';

export interface GetOptions {
  readonly agent: Agent;
  readonly encoding?: 'identity' | 'gzip' | 'zstd';
  readonly signal?: AbortSignal;
  /** The request is in the kernel's hands. */
  readonly onSent?: () => void;
}

/** A shape whose snapshot takes long is asked for again and again, as clients do. */
const PATIENCE_MS = 300_000;

/** The shape is not the one that was followed any more: its reader begins at its start. */
export class ShapeGoneError extends Error {}

/**
 * @returns the response, its body unread.
 * @throws ShapeGoneError for a 409; Error with the status and what the body says for all else that is neither 200 nor,
 * with a time to ask again, 503.
 */
export async function httpGet(url: URL, options: GetOptions): Promise<IncomingMessage> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const response = await request(url, options);
    const { statusCode, headers } = response;
    if (statusCode === 200) return response;
    const body = (await readBody(response)).toString();
    if (statusCode === 409) throw new ShapeGoneError(`${url.search.slice(0, 80)} is to be fetched again`);
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
      // The server gave the idle connection up just before: as every client does, on another one.
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

/** Reads a body to its end without keeping it. Errors of the connection reject. */
export function drain(response: IncomingMessage, onChunk: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    response.on('data', onChunk).once('end', resolve).once('error', reject);
  });
}
