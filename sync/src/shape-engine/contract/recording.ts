/** The recorded exchanges with Electric 1.7.12, where they are stored beside the checkout. */
import { readFile } from 'node:fs/promises';
import type { Answer } from './conversation.ts';

const FILE = new URL('../../../../../shared/electric-wire/electric-1.7.12.txt', import.meta.url);
const CUT = '\n...tail:\n';

export interface RecordedAnswer extends Answer {
  /** The end of a body that was cut in the middle; `body` is then its beginning. */
  readonly tail: string | null;
}

/** Returns the exchanges by name; null when they are not available. */
export async function readRecording(): Promise<ReadonlyMap<string, RecordedAnswer> | null> {
  const text = await readFile(FILE, 'utf8').catch(() => null);
  return text === null ? null : parseRecording(text);
}

function parseRecording(text: string): Map<string, RecordedAnswer> {
  const exchanges = new Map<string, RecordedAnswer>();
  for (const block of text.split(/^## /m).slice(1)) {
    const [title = '', first = '', ...lines] = block.split('\n');
    const status = Number(/^HTTP\/1\.1 (\d+)/.exec(first)?.[1]);
    if (!status) continue;
    const end = lines.findIndex((line) => !/^[a-z-]+:( |$)/.test(line) || line.startsWith('data: '));
    const headers = new Headers(lines.slice(0, end).map((line) => [nameOf(line), line.replace(/^[^:]+: ?/, '')]));
    // Later lines come from the recording tools: a second set of headers, a notice.
    const own = lines.findIndex((line, index) => index >= end && /^(HTTP\/|NOTICE:)/.test(line));
    const whole = lines
      .slice(end, own < 0 ? undefined : own)
      .join('\n')
      .trim();
    const [body = '', tail = null] = whole.split(CUT);
    exchanges.set(title.split(' ', 1)[0] ?? '', { status, headers, body, tail });
  }
  return exchanges;
}

function nameOf(line: string): string {
  return line.split(':', 1)[0] ?? '';
}
