/** Formats a time code as SMPTE ST 12-1 packs it in 32 bits, one field for each digit. Pure. */

/** @returns '01:02:03:04', with ';' before the frames in drop-frame time code; null when it is not a valid time. */
export function timecodeText(packed: number): string | null {
  const digits = (shift: number, tens: number): number =>
    ((packed >>> (shift + 4)) & tens) * 10 + ((packed >>> shift) & 0xf);
  const [frames, seconds, minutes, hours] = [digits(0, 0x3), digits(8, 0x7), digits(16, 0x7), digits(24, 0x3)];
  if (hours > 23 || minutes > 59 || seconds > 59 || frames > 39) return null;
  const [h, m, s, f] = [hours, minutes, seconds, frames].map((value) => String(value).padStart(2, '0'));
  return `${h}:${m}:${s}${(packed & 0x40) === 0 ? ':' : ';'}${f}`;
}
