/**
 * Serves `GET /metrics` on this machine's loopback address, for Prometheus. A web page can point its own name at
 * 127.0.0.1, which the Host header reveals, or send a request from elsewhere, which Origin and Sec-Fetch-Site reveal:
 * neither is answered.
 */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';
import { CONTENT_TYPE } from './registry.ts';

export interface MetricsServer {
  readonly port: number;
  /** Resolves when the server has ended, after the signal. */
  readonly ended: Promise<void>;
}

/**
 * Serves until the signal aborts.
 *
 * @param port 0: any free port.
 * @throws Error with one sentence for people when the port cannot be opened.
 */
export async function serveMetrics(
  metrics: Pick<Metrics, 'text'>,
  port: number,
  signal: AbortSignal,
): Promise<MetricsServer> {
  signal.throwIfAborted();
  const server = createServer((request, response) => {
    if (!isFromHere(request.headers)) {
      const words = 'Metrics are available only on this machine, at 127.0.0.1 or localhost.\n';
      response.writeHead(403, { 'content-type': 'text/plain' }).end(words);
      return;
    }
    const path = request.url?.split('?', 1)[0];
    if (path !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(path === '/metrics' ? 405 : 404, { 'content-type': 'text/plain' }).end('GET /metrics\n');
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': CONTENT_TYPE }).end(request.method === 'HEAD' ? '' : text),
      () => response.writeHead(500, { 'content-type': 'text/plain' }).end('the metrics could not be collected\n'),
    );
  });
  const ended = new Promise<void>((resolve) => server.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(`Port ${port} of IHUB_METRICS_PORT cannot be opened (${error.code}).`, { cause: error })),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  return { port: (server.address() as AddressInfo | null)?.port ?? port, ended };
}

const LOOPBACK: ReadonlySet<string | undefined> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Whether a request names this machine as its host and was not sent by a page of another origin. */
function isFromHere({ host = '', origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (!LOOPBACK.has(URL.parse(`http://${host}`)?.hostname)) return false;
  if (origin !== undefined && URL.parse(origin)?.host !== host) return false;
  return site === undefined || site === 'same-origin' || site === 'none';
}
