/**
 * Builds the waveform of a sound in the JSON data format of https://github.com/bbc/audiowaveform (version 2, 8 bits,
 * one channel): the minimum and maximum sample of some 2,000 stretches of equal length.
 */

/** Target number of points; a shorter sound has one for each sample. */
const POINTS = 2000;
/** Points kept while the number of samples is unknown; rounding then loses at most 3 % of them. */
const MOST = 32 * POINTS;

/** Accepts any number of samples in chunks, in bounded memory. */
export class WaveformBuilder {
  readonly #least = new Int16Array(MOST);
  readonly #greatest = new Int16Array(MOST);
  #count = 0;
  #samples = 0;
  #perPoint = 1;
  /** Extremes of the stretch that is not full yet. */
  #min = 32767;
  #max = -32768;
  #filled = 0;
  /** The first byte of a sample whose second byte has not arrived. */
  #rest: Buffer = Buffer.alloc(0);

  /** Number of samples added. */
  get samples(): number {
    return this.#samples;
  }

  /** @param chunk signed 16-bit little-endian samples; it may end in the middle of one. */
  add(chunk: Buffer): void {
    // Copied, because a view of samples needs an even address.
    const bytes = new Uint8Array(this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]));
    const samples = new Int16Array(bytes.buffer, 0, bytes.length >> 1);
    this.#rest = Buffer.from(bytes.subarray(samples.length * 2));
    this.#samples += samples.length;
    for (let start = 0; start < samples.length; ) {
      const end = Math.min(samples.length, start + this.#perPoint - this.#filled);
      this.#stretch(samples, start, end);
      start = end;
    }
  }

  /** @param sampleRate of the added samples. @returns null when there were none. */
  toJson(sampleRate: number): string | null {
    if (this.#filled > 0) this.#close();
    if (this.#count === 0) return null;
    const joined = Math.ceil(this.#count / POINTS);
    const data: number[] = [];
    for (let start = 0; start < this.#count; start += joined) {
      const end = Math.min(this.#count, start + joined);
      data.push(toByte(Math.min(...this.#least.subarray(start, end))));
      data.push(toByte(Math.max(...this.#greatest.subarray(start, end))));
    }
    return JSON.stringify({
      version: 2,
      channels: 1,
      sample_rate: sampleRate,
      samples_per_pixel: this.#perPoint * joined,
      bits: 8,
      length: data.length / 2,
      data,
    });
  }

  #stretch(samples: Int16Array, start: number, end: number): void {
    let [min, max] = [this.#min, this.#max];
    for (let index = start; index < end; index++) {
      const value = samples[index] ?? 0;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    this.#min = min;
    this.#max = max;
    this.#filled += end - start;
    if (this.#filled === this.#perPoint) this.#close();
  }

  #close(): void {
    this.#least[this.#count] = this.#min;
    this.#greatest[this.#count] = this.#max;
    this.#count += 1;
    this.#min = 32767;
    this.#max = -32768;
    this.#filled = 0;
    if (this.#count === MOST) this.#joinPairs();
  }

  #joinPairs(): void {
    for (let index = 0; index < MOST / 2; index++) {
      this.#least[index] = Math.min(this.#least[2 * index] ?? 0, this.#least[2 * index + 1] ?? 0);
      this.#greatest[index] = Math.max(this.#greatest[2 * index] ?? 0, this.#greatest[2 * index + 1] ?? 0);
    }
    this.#count = MOST / 2;
    this.#perPoint *= 2;
  }
}

function toByte(sample: number): number {
  return Math.trunc(sample / 256);
}
