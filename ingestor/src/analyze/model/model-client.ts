/** A model that answers one question with JSON by a schema. Interchangeable: one contract suite holds all clients to this file. */
import type { BatchRequest } from './batch-request.ts';
import { askedDelay } from './retry-delay.ts';

export interface ModelClient {
  /**
   * @throws ModelUnreachable
   * @throws the signal's reason when it aborts.
   */
  ask(request: BatchRequest, signal: AbortSignal): Promise<ModelReply>;
}

export interface ModelReply {
  /** The model's text, or the reason why it is unusable, as the rest of a sentence that begins with 'the model'. */
  readonly answer: { readonly text: string } | { readonly refused: string };
  readonly tokens: TokenCounts;
}

/** Tokens that a request used; null: the API did not report them. */
export interface TokenCounts {
  readonly prompt: number | null;
  readonly output: number | null;
}

/** No reply came. The message is one sentence for people, without the key or any names. */
export class ModelUnreachable extends Error {
  override readonly name = 'ModelUnreachable';
  /** The same request may succeed later. */
  readonly isPassing: boolean;
  /** The wait that the server requests; null: none. */
  readonly askedMs: number | null;

  constructor(message: string, details: { isPassing: boolean; askedMs: number | null }, options?: ErrorOptions) {
    super(message, options);
    this.isPassing = details.isPassing;
    this.askedMs = details.askedMs;
  }
}

/** The variables that a person has to look at when the API rejects a request. */
export interface SettingNames {
  readonly key: string;
  readonly model: string;
}

/** The status and headers of a response that is not the answer. */
export interface FailedResponse {
  readonly status: number;
  readonly retryAfter: string | null;
  /** The body as far as it is known. */
  readonly body: string;
}

/** Describes a response that says why there is no answer. */
export function rejected(
  { status, retryAfter, body }: FailedResponse,
  names: SettingNames,
  cause?: unknown,
): ModelUnreachable {
  const isPassing = status === 408 || status === 429 || status >= 500;
  const askedMs = askedDelay(retryAfter, body, Date.now());
  return new ModelUnreachable(`${sentenceOf(status, names)} (HTTP ${status})`, { isPassing, askedMs }, { cause });
}

/** Describes a request without a response, or with an answer that broke off. @param isAnswered the answer had begun. */
export function broken(isAnswered: boolean, cause: unknown): ModelUnreachable {
  const why = isAnswered ? "the API's answer broke off" : 'the API could not be reached';
  return new ModelUnreachable(why, { isPassing: true, askedMs: null }, { cause });
}

export function tooSlow(timeoutMs: number, cause: unknown): ModelUnreachable {
  const message = `the model did not answer within ${timeoutMs / 1000} seconds`;
  return new ModelUnreachable(message, { isPassing: true, askedMs: null }, { cause });
}

function sentenceOf(status: number, { key, model }: SettingNames): string {
  if (status === 400 || status === 422) return 'the API did not accept the request or the key';
  if (status === 401 || status === 403) return `the API did not accept ${key}`;
  if (status === 404) return `the API does not know the model of ${model}`;
  if (status === 429) return "the API's quota was used up";
  if (status === 503) return 'the API was overloaded';
  return 'the API answered with an error';
}
