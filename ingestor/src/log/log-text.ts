/** Renders one event of the log as a line for people. */
import { printable } from './printable.ts';
import { withoutSecrets } from './without-secrets.ts';

const COLORS: Readonly<Record<string, number | undefined>> = { warn: 33, error: 31, fatal: 31 };

/** @param entry as written for machines: level, time, host, event, fields, msg. */
export function logText(entry: Readonly<Record<string, unknown>>, color: boolean): string {
  const { level, time, host: _host, event, msg, err, ...fields } = entry;
  const clock = typeof time === 'string' ? time.slice(11, 19) : '';
  const shown = Object.entries(fields).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [`${name}=${valueText(value)}`],
  );
  const error = messageOf(err);
  const parts = [
    String(event ?? ''),
    ...shown,
    ...(error === null ? [] : [`(${error})`]),
    ...(msg === undefined ? [] : [String(msg)]),
  ];
  const line = `${clock} ${String(level).padEnd(5)} ${printable(withoutSecrets(parts.filter((part) => part !== '').join('  ')))}`;
  const code = color ? COLORS[String(level)] : undefined;
  return code === undefined ? line : `\u001b[${code}m${line}\u001b[39m`;
}

function valueText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /[\s="]/.test(value) ? `"${value}"` : value;
}

/** Returns the message only: a stack is for machines. */
function messageOf(error: unknown): string | null {
  if (error === undefined || error === null) return null;
  return typeof error === 'object' && 'message' in error ? String(error.message) : String(error);
}
