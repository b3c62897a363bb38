/** Answers without their variable parts, so that they can be compared verbatim. */
import type { Answer } from './conversation.ts';

export interface NormalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Messages of a log or events in order, messages of a snapshot sorted; otherwise the body alone, if present. */
  readonly body: readonly string[];
}

/** Headers of the connection, the software or the machine, not of the protocol. */
const OWN_HEADERS =
  /^(transfer-encoding|content-length|content-encoding|connection|keep-alive|electric-server|date|x-request-id|vary|access-control-.*)$/;

/** Fields that differ every time and relate to nothing else in the answer. */
const OF_THE_MOMENT: Readonly<Record<string, string>> = {
  global_last_seen_lsn: '<lsn>',
  database_lsn: '<lsn>',
  xip_list: '<bounds>',
  xmax: '<bounds>',
  xmin: '<bounds>',
  txids: '<xids>',
  snapshot_mark: '<mark>',
};

/**
 * Replaces handles by `<handle>`, and LSNs by `<L1>`, `<L2>`, … in order of appearance, so that equal LSNs stay equal.
 * JSON is written with sorted keys, since their order means nothing.
 */
export function normalAnswer(answer: Answer): NormalAnswer {
  const lsns: string[] = [];
  const lsn = (text: string) => {
    if (!lsns.includes(text)) lsns.push(text);
    return `<L${lsns.indexOf(text) + 1}>`;
  };
  const handle = answer.headers.get('electric-handle');
  const normal = (text: string) =>
    (handle ? text.replaceAll(handle, '<handle>') : text).replaceAll(
      /\b([1-9]\d*)_(\d+)\b/g,
      (_, number: string, position: string) => `${lsn(number)}_${position}`,
    );
  const normalField = (key: string, value: unknown) =>
    OF_THE_MOMENT[key] ?? (key === 'lsn' && typeof value === 'string' ? lsn(value) : value);

  const headers: Record<string, string> = {};
  for (const [name, value] of [...answer.headers].toSorted()) {
    if (OWN_HEADERS.test(name)) continue;
    if (name === 'electric-cursor') headers[name] = '<cursor>';
    else if (name === 'electric-schema') headers[name] = sortedJson(value);
    else if (name === 'etag') headers[name] = normal(value).replace(/:-?\d{9,}"$/, ':<moment>"');
    else headers[name] = normal(value);
  }
  const parts = partsOf(answer.body).map((part) => sortedJson(part, normalField));
  return { status: answer.status, headers, body: isSnapshot(answer.body) ? parts.toSorted() : parts };
}

/**
 * Returns JSON text with sorted keys; other text is returned unchanged.
 *
 * @param field returns the replacement for a value, given its key.
 */
export function sortedJson(
  text: string,
  field: (key: string, value: unknown) => unknown = (_, value) => value,
): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(field(key, inner))]));
  };
  try {
    return JSON.stringify(sorted(JSON.parse(text)));
  } catch {
    return text;
  }
}

function partsOf(body: string): string[] {
  if (body.startsWith('[')) return messagesOf(body);
  if (body.startsWith('data: ')) return body.split('\n\n').map((event) => event.replace(/^data: /, ''));
  return body === '' ? [] : [body];
}

/** Returns the texts of a body's messages. Where a body was cut off, the piece at that end is not a whole message. */
export function messagesOf(body: string): string[] {
  const inner = body.trim().replace(/^\[/, '').replace(/\]$/, '');
  return inner === '' ? [] : inner.split(/,(?=\{"(?:key|value|headers)":)/);
}

/** Rows of a table come in an order that the protocol does not define. */
function isSnapshot(body: string): boolean {
  return body.includes('"control":"snapshot-end"');
}
