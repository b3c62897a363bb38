/** How commands answer: text for people, or one JSON document on standard output. */

export interface Output {
  /** The command's answer; the lines are its text form. */
  result(document: unknown, lines: readonly string[]): void;
  /** What goes on right now, on a terminal only; '' clears it. */
  progress(line: string): void;
}

export function createOutput(json: boolean): Output {
  const terminal = process.stderr.isTTY;
  return {
    result(document, lines) {
      process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${lines.join('\n')}\n`);
    },
    progress(line) {
      if (terminal) process.stderr.write(`\r\u001b[2K${line}`);
    },
  };
}

/** Left-aligned columns under their headings. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [headings, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
