/** Reads waveforms from the server, and keeps the latest ones for tiles that return to the screen. */
import { z } from 'zod';

/** https://github.com/bbc/audiowaveform/blob/master/doc/DataFormat.md: pairs of the least and the greatest sample. */
const waveform = z.object({ bits: z.union([z.literal(8), z.literal(16)]), data: z.array(z.number()) });
export type Waveform = z.infer<typeof waveform>;

/** A waveform has some 4,000 numbers. */
const KEPT = 200;
const kept = new Map<string, Promise<Waveform | null>>();

/** @returns null when it cannot be read now; it is then read again when it is next asked for. */
export function readWaveform(address: string): Promise<Waveform | null> {
  const known = kept.get(address);
  if (known) return known;
  const reading = read(address);
  kept.set(address, reading);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
  void reading.then((data) => data === null && kept.delete(address));
  return reading;
}

async function read(address: string): Promise<Waveform | null> {
  try {
    const response = await fetch(address);
    return response.ok ? waveform.parse(await response.json()) : null;
  } catch {
    return null;
  }
}
