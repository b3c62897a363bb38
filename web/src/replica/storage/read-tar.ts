/** Reads a tar archive (POSIX ustar) as it streams in; only folders and files are supported. */

export interface TarEntry {
  readonly path: string;
  readonly folder: boolean;
  /** Permission bits, without the type bits. */
  readonly mode: number;
  readonly bytes: number;
}

const RECORD = 512;

/**
 * @param onEntry receives each entry in turn, and returns a function that takes its contents piece by piece.
 * @throws when the stream fails, or ends before the archive does.
 */
export async function readTar(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  onEntry: (entry: TarEntry) => (piece: Uint8Array<ArrayBuffer>) => void,
): Promise<void> {
  const header = new Uint8Array(RECORD);
  let headerBytes = 0;
  let contentBytes = 0;
  let padding = 0;
  let take: (piece: Uint8Array<ArrayBuffer>) => void = () => {};
  let ended = false;

  function feed(chunk: Uint8Array<ArrayBuffer>): void {
    let rest = chunk;
    const next = (count: number) => {
      const piece = rest.subarray(0, count);
      rest = rest.subarray(piece.length);
      return piece;
    };
    while (rest.length > 0 && !ended) {
      if (contentBytes > 0) {
        const piece = next(contentBytes);
        contentBytes -= piece.length;
        take(piece);
      } else if (padding > 0) padding -= next(padding).length;
      else {
        const piece = next(RECORD - headerBytes);
        header.set(piece, headerBytes);
        headerBytes += piece.length;
        if (headerBytes === RECORD) begin();
      }
    }
  }

  function begin(): void {
    headerBytes = 0;
    ended = header.every((byte) => byte === 0);
    if (ended) return;
    const entry = parse(header);
    take = onEntry(entry);
    contentBytes = entry.bytes;
    padding = (RECORD - (entry.bytes % RECORD)) % RECORD;
  }

  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) feed(read.value);
  if (!ended) throw new Error('The archive is cut off.');
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "ustar Interchange Format". */
function parse(header: Uint8Array): TarEntry {
  const text = (start: number, length: number) => {
    const field = new TextDecoder().decode(header.subarray(start, start + length));
    return field.replace(/\0.*$/s, '');
  };
  const number = (start: number, length: number) => Number.parseInt(text(start, length), 8) || 0;
  const type = text(156, 1);
  if (!['', '0', '5'].includes(type)) throw new Error(`The archive contains an entry of unsupported type "${type}".`);
  const prefix = text(345, 155);
  const path = prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`;
  return { path: path.replace(/\/$/, ''), folder: type === '5', mode: number(100, 8) & 0o777, bytes: number(124, 12) };
}
