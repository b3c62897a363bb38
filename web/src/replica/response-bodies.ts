/**
 * Takes the bodies of a shape's responses past the official client, which is to manage the stream and
 * not to parse rows: its parser calls back for each value, a third of the time of a first load.
 */
import type { Message, Row } from '@electric-sql/client';

export interface ResponseBodies {
  /** @returns the body that the client gets: one message that stands for all, and whether they end the shape. */
  keep(body: string, upToDate: boolean): string;
  /** @returns the messages that the client's stand for, their values as Postgres' text. */
  take(messages: readonly Message<Row>[]): Message<Row>[];
  /** Forgets what was not taken. */
  clear(): void;
}

export function createResponseBodies(): ResponseBodies {
  const kept = new Map<string, string>();
  let last = 0;

  /** Answers are taken in the order of their arrival: one that was stepped over was fetched ahead for nothing. */
  function takeBody(key: string): string | undefined {
    const body = kept.get(key);
    if (body === undefined) return undefined;
    for (const arrived of kept.keys()) {
      kept.delete(arrived);
      if (arrived === key) break;
    }
    return body;
  }

  return {
    keep(body, upToDate) {
      const key = String(++last);
      kept.set(key, body);
      const standIn = { key, value: {}, headers: { operation: 'insert' } };
      return JSON.stringify([standIn, ...(upToDate ? [{ headers: { control: 'up-to-date' } }] : [])]);
    },
    clear: () => kept.clear(),
    take(messages) {
      return messages.flatMap((message) => {
        const body = 'key' in message ? takeBody(message.key) : undefined;
        return body === undefined ? [] : (JSON.parse(body || '[]') as Message<Row>[]);
      });
    },
  };
}
