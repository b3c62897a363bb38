/** Uuids as 16 bytes. */

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

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
  const hex = id.replaceAll('-', '');
  for (let index = 0; index < 16; index++) bytes[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
}
