/**
 * The waveform of a sound, in the JSON data format of https://github.com/bbc/audiowaveform (version 2, 8
 * bits, one channel): for each of some 2,000 stretches of equal length the least and the greatest sample.
 */

/** Points that are aimed at; a shorter sound has one for each of its samples. */
const POINTS = 2000;
/** Points kept while nobody knows how many samples follow; at most 3 % of them are then lost to rounding. */
const MOST = 32 * POINTS;

/** Takes samples as they come, whatever their number, in bounded memory. */
export class WaveformBuilder {
  readonly #least = new Int16Array(MOST);
  readonly #greatest = new Int16Array(MOST);
  #count = 0;
  #samples = 0;
  #perPoint = 1;
  /** Of the stretch that is not full. */
  #min = 32767;
  #max = -32768;
  #filled = 0;
  /** The first byte of a sample whose second one has not come yet. */
  #rest: Buffer = Buffer.alloc(0);

  /** How many were added. */
  get samples(): number {
    return this.#samples;
  }

  /** @param chunk signed 16-bit samples, the low byte first; it may end within one. */
  add(chunk: Buffer): void {
    // A copy lies at an even address, as the view of samples wants it.
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

  /** @param sampleRate of what was added. @returns null when there was no sample. */
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
