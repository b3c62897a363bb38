/**
 * Tracks the bytes that derivatives take, against their quota. The folder is measured occasionally; new derivatives are
 * added in between. Near the quota only thumbnails are made, so that people still see what they have.
 */

export interface QuotaOptions {
  readonly folder: string;
  /** Bytes; null: no limit. */
  readonly quota: number | null;
}

/** The share of the quota beyond which only thumbnails are made. */
const FOR_ALL = 0.95;
const GIGABYTE = 1e9;

export class DerivativeQuota {
  readonly #options: QuotaOptions;
  #used: number | null = null;
  /** Bytes made since the measurement began. */
  #madeMeanwhile = 0;

  constructor(options: QuotaOptions) {
    this.#options = options;
  }

  get isSet(): boolean {
    return this.#options.quota !== null;
  }

  /** Whether there is room only for thumbnails. False until the folder has been measured. */
  get isShort(): boolean {
    return this.excess > 0;
  }

  /** Bytes to remove before all kinds are made again; 0 or less: none. */
  get excess(): number {
    const { quota } = this.#options;
    return quota === null || this.#used === null ? 0 : this.#used - quota * FOR_ALL;
  }

  /** Why some work waits, in one sentence for people; null: no work waits. */
  get problem(): string | null {
    const { folder, quota } = this.#options;
    if (quota === null || !this.isShort) return null;
    return `The derivative folder ${folder} uses ${gigabytes(this.#used ?? 0)} of its quota of ${gigabytes(quota)} (IHUB_DERIVATIVE_QUOTA_GB). ${
      this.#isFull ? 'Nothing is' : 'Only thumbnails are'
    } made until there is room.`;
  }

  /** The same sentence when no work at all is possible; otherwise null. */
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

  /** @param measure returns the bytes of all derivatives; it may be slow. */
  async measured(measure: () => Promise<number | null>): Promise<void> {
    this.#madeMeanwhile = 0;
    const bytes = await measure();
    // New derivatives may be counted twice until the next measurement.
    if (bytes !== null) this.#used = bytes + this.#madeMeanwhile;
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / GIGABYTE).toPrecision(3)} GB`;
}
