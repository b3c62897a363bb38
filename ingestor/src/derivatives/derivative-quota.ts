/**
 * How much derivatives may take, and do. The folder is measured now and then; between, what is made is added. Short of
 * the quota only thumbnails are still made, so that people see what they have.
 */

export interface QuotaOptions {
  readonly folder: string;
  /** Bytes; null: no limit. */
  readonly quota: number | null;
}

/** What is beyond this share of the quota is for thumbnails. */
const FOR_ALL = 0.95;
const GIGABYTE = 1e9;

export class DerivativeQuota {
  readonly #options: QuotaOptions;
  #used: number | null = null;
  /** Bytes that were made since measuring began. */
  #madeMeanwhile = 0;

  constructor(options: QuotaOptions) {
    this.#options = options;
  }

  get isSet(): boolean {
    return this.#options.quota !== null;
  }

  /** Whether there is room for thumbnails only. Not known yet: there is for all. */
  get isShort(): boolean {
    return this.excess > 0;
  }

  /** Bytes that are to go before all is made again; 0 or less: none. */
  get excess(): number {
    const { quota } = this.#options;
    return quota === null || this.#used === null ? 0 : this.#used - quota * FOR_ALL;
  }

  /** Why some work waits, in one sentence for people; null: none does. */
  get problem(): string | null {
    const { folder, quota } = this.#options;
    if (quota === null || !this.isShort) return null;
    return `The derivative folder ${folder} holds ${gigabytes(this.#used ?? 0)} of the ${gigabytes(quota)} that it may (IHUB_DERIVATIVE_QUOTA_GB): ${
      this.#isFull ? 'nothing is' : 'no proxies, sprites and waveforms are'
    } made until there is room.`;
  }

  /** The same, when no work at all can be done. */
  get stop(): string | null {
    return this.#isFull ? this.problem : null;
  }

  get #isFull(): boolean {
    const { quota } = this.#options;
    return quota !== null && this.#used !== null && this.#used >= quota;
  }

  add(bytes: number): void {
    this.#madeMeanwhile += bytes;
    if (this.#used !== null) this.#used += bytes;
  }

  /** @param measure gives the bytes of all derivatives, and may take its time. */
  async measured(measure: () => Promise<number | null>): Promise<void> {
    this.#madeMeanwhile = 0;
    const bytes = await measure();
    // Some of it may have been counted twice: until the next time.
    if (bytes !== null) this.#used = bytes + this.#madeMeanwhile;
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / GIGABYTE).toPrecision(3)} GB`;
}
