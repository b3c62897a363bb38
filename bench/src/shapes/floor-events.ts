/** Measures the minimum latency of server-sent events: the same number and pace with bare `node:http`, no database or engine. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { Figure } from '../measure/figures.ts';
import { drain, httpGet } from '../measure/http-get.ts';
import { percentile } from '../measure/percentile.ts';
import { monotonicMs } from './monotonic-ms.ts';

const EVENTS = 600;
const EVENTS_A_SECOND = 50;
/** Discarded as warm-up. */
const DISCARDED = 50;

const echoed = z.object({ sent: z.number() });

export async function eventFloor(): Promise<Figure[]> {
  const child = fork(new URL('./echo-process.ts', import.meta.url));
  const agent = new Agent({ keepAlive: true });
  try {
    const [port] = z.tuple([z.number()]).parse((await once(child, 'message')).slice(0, 1));
    const url = new URL(`http://127.0.0.1:${port}/`);
    const delays: number[] = [];
    const response = await httpGet(url, { agent });
    let text = '';
    drain(response, (chunk) => {
      const parts = (text + chunk.toString()).split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) {
        const { sent } = echoed.parse(JSON.parse(part.slice('data: '.length)));
        delays.push(monotonicMs() - sent);
      }
    }).catch(() => {});
    const started = monotonicMs();
    for (let n = 0; n < EVENTS; n++) {
      await setTimeout(Math.max(0, started + (n * 1000) / EVENTS_A_SECOND - monotonicMs()));
      await post(url, agent, JSON.stringify({ sent: monotonicMs() }));
    }
    const counted = delays.slice(DISCARDED);
    return [0.5, 0.95, 0.99].map((share) => ({
      what: `event sent -> parsed, p${share * 100}`,
      value: percentile(counted, share),
      unit: 'ms' as const,
    }));
  } finally {
    agent.destroy();
    child.disconnect();
  }
}

/** Posts a text and resolves when the server has passed it on. */
async function post(url: URL, agent: Agent, text: string): Promise<void> {
  const sent = request(url, { agent, method: 'POST' });
  sent.end(text);
  const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream];
  response.resume();
  await once(response, 'end');
}
