/**
 * An HTTP relay between one client and the server that can be down, can lose the answer to a request that
 * the server has carried out, and can cut an answer off in the middle.
 */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { freePort } from '@ingesthub/launch/free-port.ts';

const MUTATIONS = '/api/mutations';
const SHAPES = '/api/shapes/';

export class Relay implements AsyncDisposable {
  readonly url: string;
  /** The number of answers to mutations still to be lost. */
  losesAnswers = 0;
  /** The number of shape answers still to be cut off. */
  breaksAnswers = 0;
  readonly #target: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #open = new Set<string>();
  #online: boolean = true;

  private constructor(port: number, target: string) {
    this.url = `http://127.0.0.1:${port}`;
    this.#target = target;
    this.#server = createServer((near, answer) => this.#pass(near, answer));
    this.#server.on('connection', (socket: Socket) => {
      if (!this.#online) return socket.resetAndDestroy();
      this.#sockets.add(socket);
      return socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** @param target the server's origin. */
  static async to(target: string): Promise<Relay> {
    const port = await freePort();
    const relay = new Relay(port, target);
    await new Promise<void>((resolve, reject) => {
      relay.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return relay;
  }

  /** The requests under way. */
  get open(): readonly string[] {
    return [...this.#open];
  }

  get online(): boolean {
    return this.#online;
  }

  set online(online: boolean) {
    this.#online = online;
    if (!online) for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  #pass(near: IncomingMessage, answer: ServerResponse): void {
    const { method, url = '/', headers } = near;
    const far = request(new URL(url, this.#target), {
      method,
      headers: { ...headers, host: new URL(this.#target).host },
    });
    const named = `${method} ${url} since ${new Date().toISOString()}`;
    this.#open.add(named);
    const cut = () => near.socket.resetAndDestroy();
    far.on('error', cut);
    far.on('response', (response) => {
      response.on('error', cut);
      if (url === MUTATIONS && this.losesAnswers > 0) {
        this.losesAnswers--;
        response.resume().once('end', cut);
      } else if (url.startsWith(SHAPES) && this.breaksAnswers > 0) {
        this.breaksAnswers--;
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.once('data', (chunk: Buffer) => answer.write(chunk.subarray(0, chunk.length / 2), cut));
        response.once('end', cut);
      } else {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        // The doorbell's stream starts with headers and no body.
        answer.flushHeaders();
        response.pipe(answer);
      }
    });
    near.pipe(far);
    answer.once('close', () => {
      this.#open.delete(named);
      far.destroy();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    return closed;
  }
}
