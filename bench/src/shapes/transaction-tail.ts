/**
 * Says when a stream of messages has a whole transaction, from its last bytes alone: a thousand
 * readers in two processes have no time to parse. A transaction's last change says `"last":true`,
 * and an up-to-date follows it.
 */
const TAIL_BYTES = 2048;
const END = /"last":true.*"global_last_seen_lsn":"(\d+)"/s;

export class TransactionTail {
  #tail = Buffer.alloc(0);

  add(chunk: Buffer): void {
    // A copy: a view would keep the whole chunk alive for each reader.
    this.#tail = Buffer.from(
      chunk.length >= TAIL_BYTES
        ? chunk.subarray(-TAIL_BYTES)
        : Buffer.concat([this.#tail, chunk]).subarray(-TAIL_BYTES),
    );
  }

  /** @returns the LSN up to which the reader has everything, once for each transaction; else null. */
  take(): string | null {
    const lsn = END.exec(this.#tail.toString('latin1'))?.[1] ?? null;
    if (lsn !== null) this.#tail = Buffer.alloc(0);
    return lsn;
  }
}
