/**
 * A network between one browser and the server that can really be cut: a TCP relay on its own port. While cut,
 * it has reset every connection and accepts no new ones.
 */
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { freePort } from '@ingesthub/launch/free-port.ts';

export class CuttableNetwork implements AsyncDisposable {
  readonly url: string;
  readonly #port: number;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;

  private constructor(port: number, target: number) {
    this.#port = port;
    this.#target = target;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** @param target the server's port. */
  static async to(target: number): Promise<CuttableNetwork> {
    const network = new CuttableNetwork(await freePort(), target);
    await network.mend();
    return network;
  }

  async mend(): Promise<void> {
    const server = createServer((near) => {
      const far = dial(this.#target, '127.0.0.1');
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(socket);
        socket.on('error', () => other.destroy());
        socket.on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.#port, '127.0.0.1', resolve));
    this.#server = server;
  }

  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.cut();
  }
}
