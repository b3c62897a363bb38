/** Uuids as 16 bytes. */

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The value of a hexadecimal digit by its character code. */
const digitOf = Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16));

/** Formats the uuid whose 16 bytes begin at `at`. */
export function formatUuid(bytes: Uint8Array, at: number): string {
  const hex = (index: number) => hexOf[bytes[at + index] as number];
  return (
    `${hex(0)}${hex(1)}${hex(2)}${hex(3)}-${hex(4)}${hex(5)}-${hex(6)}${hex(7)}-${hex(8)}${hex(9)}-` +
    `${hex(10)}${hex(11)}${hex(12)}${hex(13)}${hex(14)}${hex(15)}`
  );
}

/** Writes a uuid's 16 bytes to the start of `bytes`. */
export function writeUuid(bytes: Uint8Array, id: string): void {
  for (let index = 0, at = 0; index < 16; index++, at += 2) {
    if (at === 8 || at === 13 || at === 18 || at === 23) at++;
    bytes[index] = (digitOf[id.charCodeAt(at)] as number) * 16 + (digitOf[id.charCodeAt(at + 1)] as number);
  }
}
