/** Reads server-sent events as they arrive. */

/**
 * Reads a stream until the text satisfies `done` or the stream ends.
 *
 * @returns the whole text read.
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

/** Returns the parsed data of each event. */
export function eventsOf(text: string): unknown[] {
  return text
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => JSON.parse(event.slice('data: '.length)) as unknown);
}
