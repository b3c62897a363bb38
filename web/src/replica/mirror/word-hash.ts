/** A checksum of 64 bits that grows with the bytes. A single wrong word always changes it. */

export class WordHash {
  #one = 0x9e37_79b9;
  #other = 0x7f4a_7c15;

  /** @param bytes aligned, and a multiple of four. */
  add(bytes: Uint8Array<ArrayBuffer>): void {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    let one = this.#one;
    let other = this.#other;
    // Every step can be undone, so states that differ once differ until the end.
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as number;
      one = Math.imul(one ^ word, 0x85eb_ca6b);
      one ^= one >>> 15;
      other = Math.imul((other + word) | 0, 0xc2b2_ae35);
      other ^= other >>> 13;
    }
    this.#one = one;
    this.#other = other;
  }

  get words(): readonly [number, number] {
    return [this.#one >>> 0, this.#other >>> 0];
  }
}
