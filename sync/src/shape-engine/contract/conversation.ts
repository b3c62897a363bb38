/** Speaks the protocol by hand: each request starts where the last answer ended. */
import { expect } from 'vitest';
import type { ContractTarget } from './contract-target.ts';
import { messagesOf } from './normal-form.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface Change {
  readonly key: string;
  readonly value: Readonly<Record<string, string | null>>;
  readonly old_value?: Readonly<Record<string, string | null>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

export class Conversation {
  readonly #target: ContractTarget;
  readonly #shape: Readonly<Record<string, string>>;
  #handle = '';
  #offset = '-1';

  /** @param shape parameters that define the shape: `table`, `where`, … */
  constructor(target: ContractTarget, shape: Readonly<Record<string, string>>) {
    this.#target = target;
    this.#shape = shape;
  }

  get handle(): string {
    return this.#handle;
  }

  get offset(): string {
    return this.#offset;
  }

  /** Requests the log after the last answer; `parameters` are added. */
  async ask(parameters: Readonly<Record<string, string>> = {}, init?: RequestInit): Promise<Answer> {
    const at = this.#handle === '' ? {} : { handle: this.#handle };
    const answer = await this.request({ ...at, offset: this.#offset, ...parameters }, init);
    this.#handle = answer.headers.get('electric-handle') ?? this.#handle;
    this.#offset = answer.headers.get('electric-offset') ?? this.#offset;
    return answer;
  }

  /** Requests with only these parameters, and leaves the conversation's position unchanged. */
  async request(parameters: Readonly<Record<string, string>>, init?: RequestInit): Promise<Answer> {
    const response = await this.open(parameters, init);
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  /** Like `request`, but leaves the body unread. The body is not encoded unless `init` asks for an encoding. */
  async open(parameters: Readonly<Record<string, string>>, init?: RequestInit): Promise<Response> {
    const headers = { 'accept-encoding': 'identity', ...Object.fromEntries(new Headers(init?.headers)) };
    const search = new URLSearchParams({ ...this.#shape, ...this.#target.credentials, ...parameters });
    const response = await fetch(`${this.#target.url}?${search}`, { ...init, headers });
    // Without these headers, browsers show neither an answer nor an error, whatever the status.
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-expose-headers')?.split(',')).toEqual(
      expect.arrayContaining(['electric-handle', 'electric-offset', 'electric-schema', 'electric-up-to-date']),
    );
    return response;
  }

  /** Reads until up to date. @returns the changes, including rows of a snapshot. */
  async catchUp(): Promise<Change[]> {
    const changes: Change[] = [];
    for (;;) {
      const answer = await this.ask();
      expect(answer.status, answer.body).toBe(200);
      changes.push(...changesOf(answer));
      if (answer.headers.has('electric-up-to-date')) return changes;
    }
  }

  /** Polls live until changes arrive, then until up to date with them. */
  async follow(): Promise<Change[]> {
    const changes: Change[] = [];
    for (;;) {
      const answer = await this.ask({ live: 'true' });
      expect(answer.status, answer.body).toBe(200);
      changes.push(...changesOf(answer));
      if (changes.length > 0 && answer.headers.has('electric-up-to-date')) return changes;
    }
  }
}

/** Returns an answer's messages without control messages. */
export function changesOf({ body }: Pick<Answer, 'body'>): Change[] {
  return messagesOf(body)
    .map((message) => JSON.parse(message) as Change)
    .filter((message) => 'key' in message);
}
