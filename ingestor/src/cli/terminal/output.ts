/**
 * Prints the answers of commands: text for people; with --json one document on one line and nothing else; with
 * --json=lines one object per line as events happen, the last of them the answer.
 */
import { printable } from '../../log/printable.ts';
import { createProgressDisplay } from './progress-display.ts';
import type { RunView } from './run-view.ts';

export type OutputFormat = 'text' | 'json' | 'json-lines';

export interface Output {
  /** A person sits at the terminal, so the command may ask. */
  readonly isInteractive: boolean;
  /** The command's answer; the lines are its text form. */
  result(document: unknown, lines: readonly string[]): void;
  /** Shows a run's current progress; null once it has ended. */
  progress(view: RunView | null): void;
  /** Prints one sentence for people; omitted from JSON output. */
  note(sentence: string): void;
  error(code: string, message: string): void;
}

export function createOutput(format: OutputFormat): Output {
  const display = createProgressDisplay(format);
  const write = (document: unknown) => process.stdout.write(`${JSON.stringify(document)}\n`);
  return {
    isInteractive: format === 'text' && process.stdin.isTTY === true && process.stderr.isTTY === true,
    result(document, lines) {
      display.show(null);
      if (format === 'text') process.stdout.write(lines.map((line) => `${printable(line)}\n`).join(''));
      else write(format === 'json' ? document : { event: 'result', result: document });
    },
    progress: (view) => display.show(view),
    note(sentence) {
      if (format === 'text') process.stderr.write(`${printable(sentence)}\n`);
    },
    error(code, message) {
      display.show(null);
      if (format !== 'text') {
        const error = { code, message };
        write(format === 'json' ? { error } : { event: 'error', error });
      }
      process.stderr.write(`ihub: ${printable(message)}\n`);
    },
  };
}
