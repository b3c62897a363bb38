/** Repaints a block of lines at the bottom of a terminal, in one write per block to avoid flicker. */

export interface Screen {
  readonly columns: () => number;
  readonly write: (text: string) => void;
}

const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';

export class TerminalPainter {
  readonly #screen: Screen;
  #shown: readonly string[] = [];
  #columns = 0;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  paint(lines: readonly string[]): void {
    if (lines.length === 0) {
      this.clear();
      return;
    }
    const columns = this.#screen.columns();
    const isSame = columns === this.#columns && lines.join('\n') === this.#shown.join('\n');
    if (isSame) return;
    this.#screen.write(`${HIDE_CURSOR}${this.#home()}${lines.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`);
    this.#shown = lines;
    this.#columns = columns;
  }

  clear(): void {
    if (this.#shown.length === 0) return;
    this.#screen.write(`${this.#home()}\u001b[J${SHOW_CURSOR}`);
    this.#shown = [];
  }

  /** Moves up to the start of the last block: a terminal that was made narrower has wrapped its lines. */
  #home(): string {
    const columns = Math.max(1, this.#screen.columns());
    const rows = this.#shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(visibleLength(line) / columns)), 0);
    return rows === 0 ? '' : `\r\u001b[${rows}A`;
  }
}

function visibleLength(line: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes start with this character.
  return line.replace(/\u001b\[[0-9;]*m/g, '').length;
}
