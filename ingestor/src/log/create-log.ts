/** The ingestor's log on standard output: a line of JSON for each event, or text where a person reads it. */
import { type Logger, pino } from 'pino';
import { readTerminal } from '../config.ts';
import { logText } from './log-text.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface LogOptions {
  readonly level: string;
  readonly host: string;
  /** Whether a person reads it. Default: a terminal does. */
  readonly isForPeople?: boolean;
  /** For people alone. Default: unless NO_COLOR is set. */
  readonly color?: boolean;
  readonly write?: (line: string) => void;
  /** Whether an error need not be told any more. */
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

/** JSON escapes line breaks and their like; not these, which terminals obey and editors take for line breaks. */
function escapeRest(line: string): string {
  return line.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
