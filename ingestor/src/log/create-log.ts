/** Writes the ingestor's log to standard output: one line of JSON per event, or text for a person at a terminal. */
import { type Logger, pino } from 'pino';
import { readTerminal } from '../settings/config.ts';
import { logText } from './log-text.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface LogOptions {
  readonly level: string;
  readonly host: string;
  /** Whether a person reads the log. Default: whether it is a terminal. */
  readonly isForPeople?: boolean;
  /** Applies to text for people only. Default: true unless NO_COLOR is set. */
  readonly color?: boolean;
  readonly write?: (line: string) => void;
  /** Whether an error is already explained by another event, and is left out. */
  readonly isExplained?: (error: unknown) => boolean;
}

export function createLog({ level, host, ...options }: LogOptions): Logger {
  const { isForPeople = process.stdout.isTTY, color = readTerminal().color, isExplained = () => false } = options;
  const write = options.write ?? ((line: string) => void process.stdout.write(line));
  return pino(
    {
      level,
      base: { host },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      hooks: {
        logMethod(given, write) {
          const [entry] = given as unknown[];
          if (entry instanceof Object && 'err' in entry && isExplained(entry.err)) return;
          write.apply(this, given);
        },
      },
    },
    {
      write: (line) => write(isForPeople ? `${logText(JSON.parse(line), color)}\n` : escapeRest(withoutSecrets(line))),
    },
  );
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack } = error;
  const { code } = error as NodeJS.ErrnoException;
  return { type: name, message, ...(code === undefined ? {} : { code }), stack };
}

/** Escapes characters that JSON leaves as they are, but terminals obey or editors treat as line breaks. */
function escapeRest(line: string): string {
  return line.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
