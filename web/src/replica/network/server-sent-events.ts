/** Reads a server-sent event stream: https://html.spec.whatwg.org/multipage/server-sent-events.html */
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
  let rest = '';
  let event = '';
  let data: string[] = [];
  try {
    for (;;) {
      const chunk = await withinSilence(reader.read(), silence);
      if (chunk.done) return;
      const lines = (rest + chunk.value).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith(':')) yield null;
        else if (line.startsWith('event:')) event = line.slice(6).trimStart();
        else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''));
        else if (line === '') {
          if (data.length > 0) yield { event, data: data.join('\n') };
          event = '';
          data = [];
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
