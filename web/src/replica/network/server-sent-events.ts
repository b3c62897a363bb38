/** Reads a server-sent event stream: https://html.spec.whatwg.org/multipage/server-sent-events.html */
import { createParser } from 'eventsource-parser';
import { withinSilence } from './within-silence.ts';

export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/**
 * Yields each event, and null for each comment, which is a heartbeat. EventSource would hide comments.
 *
 * @param silence milliseconds without a byte after which the stream is treated as dead.
 * @throws Error when the stream falls silent or breaks.
 */
export async function* readServerSentEvents(
  body: ReadableStream<Uint8Array>,
  silence: number,
): AsyncGenerator<ServerSentEvent | null> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  const parsed: (ServerSentEvent | null)[] = [];
  const parser = createParser({
    onEvent: ({ event = '', data }) => parsed.push({ event, data }),
    onComment: () => parsed.push(null),
  });
  try {
    for (;;) {
      const chunk = await withinSilence(reader.read(), silence);
      if (chunk.done) return;
      parser.feed(chunk.value);
      yield* parsed.splice(0);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
