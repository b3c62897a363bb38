/** Reads server-sent events as they come. */

/**
 * Reads a stream until what was read satisfies `done`, or the stream ends.
 *
 * @returns all of it, as text.
 */
export async function readEvents(response: Response, done: (read: string) => boolean = () => false): Promise<string> {
  let read = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    read += decoder.decode(chunk, { stream: true });
    if (done(read)) break;
  }
  return read;
}

/** The data of each event, parsed. */
export function eventsOf(text: string): unknown[] {
  return text
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => JSON.parse(event.slice('data: '.length)) as unknown);
}
