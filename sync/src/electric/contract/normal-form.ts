/** Answers without what is different each time, so that they can be compared word by word. */
import type { Answer } from './conversation.ts';

export interface NormalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Messages of a log in their order, those of a snapshot sorted; else the body as it is, if there is one. */
  readonly body: readonly string[];
}

/** Of the connection, the software, or the machine: not of the protocol. */
const OWN_HEADERS =
  /^(transfer-encoding|content-length|connection|keep-alive|electric-server|date|x-request-id|vary|access-control-.*)$/;

/**
 * Handles become `<handle>`, transaction ids `<xid>`, and LSNs `<L1>`, `<L2>`, … in the order in which they come: the
 * same one at two places stays the same. What an idle server may have seen since (`global_last_seen_lsn`) has no such tie.
 */
export function normalAnswer(answer: Answer): NormalAnswer {
  const lsns: string[] = [];
  const lsn = (text: string) => {
    if (!lsns.includes(text)) lsns.push(text);
    return `<L${lsns.indexOf(text) + 1}>`;
  };
  const handle = answer.headers.get('electric-handle');
  const normal = (text: string) =>
    (handle ? text.replaceAll(handle, '<handle>') : text)
      .replaceAll(/\b([1-9]\d*)_(\d+)\b/g, (_, number: string, position: string) => `${lsn(number)}_${position}`)
      .replaceAll(/"lsn":"(\d+)"/g, (_, number: string) => `"lsn":"${lsn(number)}"`)
      .replaceAll(/"(global_last_seen_lsn|database_lsn)":"\d+"/g, '"$1":"<lsn>"')
      .replaceAll(/"xip_list":\[[^\]]*\],"xmax":"\d+","xmin":"\d+"/g, '<bounds>')
      .replaceAll(/"txids":\[\d+\]/g, '"txids":[<xid>]')
      .replaceAll(/"snapshot_mark":\d+/g, '"snapshot_mark":<mark>');

  const headers: Record<string, string> = {};
  for (const [name, value] of [...answer.headers].toSorted()) {
    if (OWN_HEADERS.test(name)) continue;
    if (name === 'electric-cursor') headers[name] = '<cursor>';
    else if (name === 'etag') headers[name] = normal(value).replace(/:-?\d{9,}"$/, ':<moment>"');
    else headers[name] = normal(value);
  }
  const body = normal(answer.body);
  if (!body.startsWith('[')) return { status: answer.status, headers, body: body === '' ? [] : [body] };
  const messages = messagesOf(body);
  return { status: answer.status, headers, body: isSnapshot(body) ? messages.toSorted() : messages };
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
