/** A client as the test sees it: its process and its network. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { lastWords } from '../last-words.ts';
import type { ClientCall, ClientCalls, ClientMessage } from './client-messages.ts';
import { Relay } from './relay.ts';

/** The process ended before it answered: the requested call may or may not have taken effect. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

/** Receives the changed fields of a replica, or all of its fields when it has just opened. */
export type OnSaw = (fields: readonly (readonly [field: string, value: string | null])[], opened: boolean) => void;

export class Client implements AsyncDisposable {
  readonly name: string;
  readonly relay: Relay;
  /** The client id that the server knows. */
  id = '';
  readonly #folder: string;
  readonly #onSaw: OnSaw;
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  #nextCall = 0;
  #child: ChildProcess | null = null;
  #words: () => string = () => '';

  private constructor(name: string, relay: Relay, folder: string, onSaw: OnSaw) {
    this.name = name;
    this.relay = relay;
    this.#folder = folder;
    this.#onSaw = onSaw;
  }

  /**
   * @param options.folder the folder of its database.
   */
  static async open(options: { name: string; folder: string; server: string; onSaw: OnSaw }): Promise<Client> {
    const client = new Client(options.name, await Relay.to(options.server), options.folder, options.onSaw);
    await client.#start();
    return client;
  }

  /** The last output of its process on standard error. */
  get words(): string {
    return this.#words();
  }

  /** @throws ClientGoneError */
  async call<Name extends ClientCall>(
    name: Name,
    given: ClientCalls[Name]['given'],
  ): Promise<ClientCalls[Name]['answer']> {
    const call = this.#nextCall++;
    const answered = Promise.withResolvers<unknown>();
    this.#calls.set(call, answered);
    this.#child?.send({ call, name, given }, (error) => {
      if (error) answered.reject(new ClientGoneError(`${this.name} is gone`, { cause: error }));
    });
    return answered.promise as Promise<ClientCalls[Name]['answer']>;
  }

  /** Closes and reopens the client, as a reload of its page does. */
  async reload(): Promise<void> {
    await this.call('close', null);
    await this.kill();
    await this.#start();
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }

  /** Starts the client again after a kill. */
  restart(): Promise<void> {
    return this.#start();
  }

  async #start(): Promise<void> {
    const child = fork(path.join(import.meta.dirname, 'client-process.ts'), [this.#folder, this.relay.url], {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.#words = lastWords(child);
    const opened = Promise.withResolvers<void>();
    let first = true;
    child.on('message', (message: ClientMessage) => {
      if (message.kind === 'opened') {
        this.id = message.client;
        opened.resolve();
      } else if (message.kind === 'saw') {
        this.#onSaw(message.fields, first);
        first = false;
      } else if (message.kind === 'answered') this.#take(message.call)?.resolve(message.answer);
      else this.#take(message.call)?.reject(new Error(`${this.name}: ${message.message}`));
    });
    child.once('close', (code) => {
      const gone = new ClientGoneError(`${this.name} ended with ${code}: ${this.words}`);
      opened.reject(gone);
      for (const call of this.#calls.values()) call.reject(gone);
      this.#calls.clear();
    });
    await opened.promise;
  }

  #take(call: number): PromiseWithResolvers<unknown> | undefined {
    const answered = this.#calls.get(call);
    this.#calls.delete(call);
    return answered;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.relay[Symbol.asyncDispose]();
  }
}
