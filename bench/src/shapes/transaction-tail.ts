/**
 * Detects from its last bytes whether a stream of messages contains a complete transaction: a thousand
 * readers in two processes have no time to parse. A transaction's last change has `"last":true` and is
 * followed by an up-to-date message.
 */
const TAIL_BYTES = 2048;
const END = /"last":true.*"global_last_seen_lsn":"(\d+)"/s;

export class TransactionTail {
  #tail = Buffer.alloc(0);

  add(chunk: Buffer): void {
    // Copied, because a view would keep the whole chunk alive for each reader.
    this.#tail = Buffer.from(
      chunk.length >= TAIL_BYTES
        ? chunk.subarray(-TAIL_BYTES)
        : Buffer.concat([this.#tail, chunk]).subarray(-TAIL_BYTES),
    );
  }

  /** @returns the LSN up to which the reader has everything, once per transaction; otherwise null. */
  take(): string | null {
    const lsn = END.exec(this.#tail.toString('latin1'))?.[1] ?? null;
    if (lsn !== null) this.#tail = Buffer.alloc(0);
    return lsn;
  }
}
