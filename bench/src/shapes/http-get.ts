/** `node:http`, because it gives a response's bytes as they come over the wire: `fetch` undoes the compression. */
import { type Agent, get, type IncomingMessage } from 'node:http';

export interface GetOptions {
  readonly agent: Agent;
  readonly encoding?: 'identity' | 'gzip' | 'zstd';
  readonly signal?: AbortSignal;
  /** The request is in the kernel's hands. */
  readonly onSent?: () => void;
}

/**
 * @returns the response, its body unread.
 * @throws Error with the status and what the body says, when that is not 200.
 */
export async function httpGet(url: URL, options: GetOptions): Promise<IncomingMessage> {
  const response = await request(url, options);
  if (response.statusCode === 200) return response;
  const body = (await readBody(response)).toString();
  throw new Error(`${url.search.slice(0, 80)} was answered ${response.statusCode}: ${body.slice(0, 300)}`);
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
