/**
 * Passes the bodies of a shape's responses around the official client, which manages the stream but does not parse
 * the rows: its parser calls back for each value, which takes a third of the time of a first load.
 */
import type { Message, Row } from '@electric-sql/client';

export interface ResponseBodies {
  /** @returns the body for the client: one message that stands for all, and an up-to-date message if there was one. */
  keep(body: string, upToDate: boolean): string;
  /** @returns the messages that the client's messages stand for, their values as Postgres text. */
  take(messages: readonly Message<Row>[]): Message<Row>[];
  /** Forgets the bodies that were not taken. */
  clear(): void;
}

export function createResponseBodies(): ResponseBodies {
  const kept = new Map<string, string>();
  let last = 0;

  /** Bodies are taken in order of arrival: a skipped one was prefetched in error and is dropped. */
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
