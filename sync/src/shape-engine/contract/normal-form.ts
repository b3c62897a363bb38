/** Answers without what is different each time, so that they can be compared word by word. */
import type { Answer } from './conversation.ts';

export interface NormalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Messages of a log, or events, in their order, those of a snapshot sorted; else the body alone, if there is one. */
  readonly body: readonly string[];
}

/** Of the connection, the software, or the machine: not of the protocol. */
const OWN_HEADERS =
  /^(transfer-encoding|content-length|content-encoding|connection|keep-alive|electric-server|date|x-request-id|vary|access-control-.*)$/;

/** Fields that are different each time, and have no tie to anything else in the answer. */
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
 * Handles become `<handle>`, and LSNs `<L1>`, `<L2>`, … in the order in which they come: the same one at two places
 * stays the same. JSON is written with its keys sorted, since their order means nothing.
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
 * JSON text with its keys sorted; text that is no JSON as it is.
 *
 * @param field what is written in place of a value, by its key.
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

/** The texts of the messages of a body. A body that is cut off at an end has a message that is none there. */
export function messagesOf(body: string): string[] {
  const inner = body.trim().replace(/^\[/, '').replace(/\]$/, '');
  return inner === '' ? [] : inner.split(/,(?=\{"(?:key|value|headers)":)/);
}

/** Rows of a table come in no order of the protocol's. */
function isSnapshot(body: string): boolean {
  return body.includes('"control":"snapshot-end"');
}
