/** A process of live readers, forked by crowd.ts, that counts bytes without parsing. It ends with its parent. */
import { Agent } from 'node:http';
import { drain, httpGet, ShapeGoneError } from '../measure/http-get.ts';
import { at, type Position, positionAfter } from '../measure/read-shape.ts';
import { type CrowdOrder, type CrowdReport, crowdOrder } from './crowd-messages.ts';
import { monotonicMs } from './monotonic-ms.ts';
import { TransactionTail } from './transaction-tail.ts';

/** Limits simultaneous connections, because a listening socket's queue is shorter than a crowd. */
const CONNECT_AT_ONCE = 50;

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
let readers = 0;
let waiting = 0;
let received: number[] = [];

function report(message: CrowdReport): void {
  // The empty callback ignores a parent that has ended.
  process.send?.(message, () => {});
}

function reportWhenAllWait(round: number): void {
  if (waiting < readers || received.length < (round === 0 ? 0 : readers)) return;
  const times = received;
  received = [];
  report({ received: times });
}

/** Follows a shape forever. Calls `onWaiting` after each received transaction, once the reader waits again. */
async function poll(order: CrowdOrder, onWaiting: (round: number) => void): Promise<never> {
  const url = new URL(order.url);
  const tail = new TransactionTail();
  let position: Position = order;
  let cursor: Record<string, string> = {};
  let round = 0;
  let announced = -1;
  const announce = (): void => {
    if (announced === round) return;
    announced = round;
    onWaiting(round);
  };
  for (;;) {
    const response = await httpGet(at(url, position, { live: 'true', ...cursor }), { agent, onSent: announce });
    await drain(response, (chunk) => tail.add(chunk));
    if (tail.take() !== null) {
      receive();
      round++;
    }
    position = positionAfter(response);
    const next = response.headers['electric-cursor'];
    if (typeof next === 'string') cursor = { cursor: next };
  }
}

async function stream(order: CrowdOrder, onWaiting: (round: number) => void): Promise<never> {
  const url = new URL(order.url);
  const tail = new TransactionTail();
  let position: Position = order;
  let round = 0;
  for (;;) {
    const first = round === 0 ? { onSent: () => round === 0 && onWaiting(0) } : {};
    const response = await httpGet(at(url, position, { live: 'true', live_sse: 'true' }), { agent, ...first });
    await drain(response, (chunk) => {
      tail.add(chunk);
      const lsn = tail.take();
      if (lsn === null) return;
      position = { ...position, offset: `${lsn}_0` };
      receive();
      round++;
      onWaiting(round);
    });
  }
}

function receive(): void {
  received.push(monotonicMs());
  waiting--;
}

async function start(order: CrowdOrder): Promise<void> {
  readers = order.readers;
  const follow = order.mode === 'SSE' ? stream : poll;
  while (waiting < order.readers) {
    const connected: Promise<void>[] = [];
    for (let n = 0; n < CONNECT_AT_ONCE && waiting + connected.length < order.readers; n++) {
      connected.push(
        new Promise((resolve) => {
          follow(order, (round) => {
            waiting++;
            if (round === 0) resolve();
            reportWhenAllWait(round);
          }).catch((error: Error) => report({ failure: error.message, gone: error instanceof ShapeGoneError }));
        }),
      );
    }
    await Promise.all(connected);
  }
}

process.once('message', (message) => void start(crowdOrder.parse(message)));
process.once('disconnect', () => process.exit());
