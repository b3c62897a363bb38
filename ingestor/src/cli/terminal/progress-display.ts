/** Shows a run's progress: bars on a terminal, an occasional line without one, events for programs. */
import { readTerminal } from '../../settings/config.ts';
import type { OutputFormat } from './output.ts';
import { Pace } from './pace.ts';
import { progressEvent } from './progress-event.ts';
import { progressLine, renderProgress } from './render-progress.ts';
import type { RunView } from './run-view.ts';
import { TerminalPainter } from './terminal-painter.ts';

export interface ProgressDisplay {
  /** Shows a run; null: it is over, and its bars are removed from the terminal. */
  show(view: RunView | null): void;
}

/** Time between two lines without a terminal: a log should not fill up. */
const LINE_INTERVAL_MS = 10_000;

const USUAL_COLUMNS = 80;

export function createProgressDisplay(format: OutputFormat): ProgressDisplay {
  if (format === 'json') return { show: () => {} };
  if (format === 'json-lines') return eventLines((line) => process.stdout.write(line));
  const { stderr } = process;
  const { canRepaint, color } = readTerminal();
  return stderr.isTTY && canRepaint ? bars(stderr, color) : plainLines((line) => stderr.write(line));
}

function bars(stream: NodeJS.WriteStream, color: boolean): ProgressDisplay {
  // A terminal of unknown size reports 0.
  const columns = () => stream.columns || USUAL_COLUMNS;
  const painter = new TerminalPainter({ columns, write: (text) => stream.write(text) });
  let paces = new Map<string, Pace>();
  let last: RunView | null = null;
  const paint = () => {
    if (last !== null) painter.paint(renderProgress(last, paces, { width: columns() - 1, color }));
  };
  const leave = () => painter.clear();
  return {
    show(view) {
      if (view === null) {
        stream.off('resize', paint);
        process.off('exit', leave);
        painter.clear();
        last = null;
        return;
      }
      if (last === null) {
        stream.on('resize', paint);
        // The cursor must reappear however this process ends.
        process.on('exit', leave);
      }
      if (last?.run !== view.run) paces = new Map();
      for (const { kind, done, failed } of view.work) {
        const pace = paces.get(kind) ?? new Pace();
        pace.add(view.at, done + failed);
        paces.set(kind, pace);
      }
      last = view;
      paint();
    },
  };
}

export function plainLines(write: (line: string) => void): ProgressDisplay {
  let since: number | null = null;
  return {
    show(view) {
      if (view === null) {
        since = null;
        return;
      }
      since ??= view.at;
      if (view.at - since < LINE_INTERVAL_MS) return;
      since = view.at;
      write(`${progressLine(view)}\n`);
    },
  };
}

export function eventLines(write: (line: string) => void): ProgressDisplay {
  let last = '';
  return {
    show(view) {
      const line = view === null ? last : `${JSON.stringify(progressEvent(view))}\n`;
      if (line !== last) write(line);
      last = line;
    },
  };
}
