/** Follows a shape live and parses its messages, by long polling or server-sent events. */
import { Agent } from 'node:http';
import { z } from 'zod';
import { httpGet, readBody } from '../measure/http-get.ts';
import { at, type Position, positionAfter } from '../measure/read-shape.ts';

export type LiveMode = 'long poll' | 'SSE';

const message = z.object({
  value: z.record(z.string(), z.string().nullable()).optional(),
  headers: z.looseObject({ global_last_seen_lsn: z.string().optional() }),
});
export type Message = z.infer<typeof message>;

/**
 * Yields messages as they arrive, until the signal aborts.
 *
 * @throws Error when an answer is not 200.
 */
export async function* followShape(
  mode: LiveMode,
  url: URL,
  from: Position,
  signal: AbortSignal,
): AsyncGenerator<Message[]> {
  const agent = new Agent({ keepAlive: true });
  try {
    yield* mode === 'SSE' ? events(url, from, agent, signal) : polls(url, from, agent, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    agent.destroy();
  }
}

async function* polls(url: URL, from: Position, agent: Agent, signal: AbortSignal): AsyncGenerator<Message[]> {
  let position = from;
  let cursor: Record<string, string> = {};
  while (!signal.aborted) {
    const response = await httpGet(at(url, position, { live: 'true', ...cursor }), { agent, signal });
    const body = await readBody(response);
    position = positionAfter(response);
    const next = response.headers['electric-cursor'];
    if (typeof next === 'string') cursor = { cursor: next };
    yield message.array().parse(JSON.parse(body.toString()));
  }
}

async function* events(url: URL, from: Position, agent: Agent, signal: AbortSignal): AsyncGenerator<Message[]> {
  let position = from;
  while (!signal.aborted) {
    const response = await httpGet(at(url, position, { live: 'true', live_sse: 'true' }), { agent, signal });
    response.setEncoding('utf8');
    let text = '';
    for await (const chunk of response) {
      const parts = (text + String(chunk)).split('\n\n');
      text = parts.pop() ?? '';
      const messages = parts.flatMap((part) => {
        const data = part.split('\n').flatMap((line) => (line.startsWith('data:') ? [line.slice(5)] : []));
        return data.length === 0 ? [] : [message.parse(JSON.parse(data.join('\n')))];
      });
      const lsn = messages.findLast(({ headers }) => headers.global_last_seen_lsn)?.headers.global_last_seen_lsn;
      if (lsn) position = { ...position, offset: `${lsn}_0` };
      yield messages;
    }
  }
}
