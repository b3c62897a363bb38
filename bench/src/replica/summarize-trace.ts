/** Summarizes per thread where the time in a Chromium trace went. Format: catapult's Trace Event Format. */
import { z } from 'zod';

const THREADS = 5;
const FUNCTIONS = 12;
const TASKS = 8;
/** Milliseconds below which a thread is not worth a table. */
const BUSY_MS = 100;

const traceEvent = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Microseconds, like all times in a trace. */
  ts: z.number().default(0),
  dur: z.number().optional(),
  id: z.union([z.string(), z.number()]).optional(),
  args: z.record(z.string(), z.unknown()).default({}),
});
type TraceEvent = z.infer<typeof traceEvent>;

const profileChunk = z.object({
  data: z.object({
    cpuProfile: z
      .object({
        nodes: z
          .array(
            z.object({
              id: z.number(),
              callFrame: z.object({
                functionName: z.string(),
                url: z.string().default(''),
                lineNumber: z.number().default(-1),
                columnNumber: z.number().default(-1),
              }),
            }),
          )
          .default([]),
        samples: z.array(z.number()).default([]),
      })
      .default({ nodes: [], samples: [] }),
    timeDeltas: z.array(z.number()).default([]),
  }),
});

interface SelfTime {
  readonly what: string;
  readonly ms: number;
}

interface ThreadTimes {
  readonly thread: string;
  /** Sampled JavaScript and WebAssembly time by function. */
  readonly functions: readonly SelfTime[];
  /** The browser's tasks by own time, without nested tasks. */
  readonly tasks: readonly SelfTime[];
}

/** Returns the busy threads, busiest first. @param trace the JSON that Chromium writes. */
function summarizeTrace(trace: string): ThreadTimes[] {
  const { traceEvents } = z.object({ traceEvents: z.array(traceEvent) }).parse(JSON.parse(trace));
  const names = new Map<string, string>();
  const byThread = new Map<string, TraceEvent[]>();
  for (const event of traceEvents) {
    const thread = `${event.pid}/${event.tid}`;
    if (event.name === 'thread_name') names.set(thread, String(event.args['name']));
    entry(byThread, thread, (): TraceEvent[] => []).push(event);
  }

  const profiles = functionTimes(traceEvents);
  return [...byThread]
    .map(([thread, events]) => ({
      thread: `${names.get(thread) ?? 'thread'} ${thread}`,
      functions: profiles.get(thread) ?? [],
      tasks: taskTimes(events),
    }))
    .filter(({ functions, tasks }) => total(functions) > BUSY_MS || total(tasks) > BUSY_MS)
    .sort((a, b) => total(b.functions) + total(b.tasks) - total(a.functions) - total(a.tasks));
}

export function printTrace(trace: string): void {
  for (const { thread, functions, tasks } of summarizeTrace(trace).slice(0, THREADS)) {
    console.log(
      `\n${thread}: ${Math.round(total(functions))} ms in functions, ${Math.round(total(tasks))} ms in tasks`,
    );
    const rows = [...functions.slice(0, FUNCTIONS), ...tasks.slice(0, TASKS)];
    console.table(rows.map(({ what, ms }) => ({ what: what.slice(0, 100), 'self ms': Math.round(ms) })));
  }
}

/** Returns function times by the profile's thread: chunks of its samples may come from another thread. */
function functionTimes(events: readonly TraceEvent[]): Map<string, SelfTime[]> {
  const threads = new Map<string, string>();
  for (const { name, pid, tid, id } of events) if (name === 'Profile') threads.set(`${pid} ${id}`, `${pid}/${tid}`);
  const functions = new Map<string, Map<number, string>>();
  const times = new Map<string, Map<string, number>>();
  for (const { name, pid, id, args } of events) {
    const profile = `${pid} ${id}`;
    const thread = threads.get(profile);
    if (name !== 'ProfileChunk' || thread === undefined) continue;
    const { cpuProfile, timeDeltas } = profileChunk.parse(args).data;
    const known = entry(functions, profile, () => new Map<number, string>());
    for (const { id: node, callFrame } of cpuProfile.nodes) known.set(node, describe(callFrame));
    const sums = entry(times, thread, () => new Map<string, number>());
    for (const [index, node] of cpuProfile.samples.entries()) {
      const what = known.get(node) ?? '(unknown)';
      if (what === '(idle)' || what === '(program)') continue;
      sums.set(what, (sums.get(what) ?? 0) + (timeDeltas[index] ?? 0));
    }
  }
  return new Map([...times].map(([thread, sums]) => [thread, sorted(sums)]));
}

type CallFrame = z.infer<typeof profileChunk>['data']['cpuProfile']['nodes'][number]['callFrame'];

/** Includes the column, because a bundled file has few lines. */
function describe({ functionName, url, lineNumber, columnNumber }: CallFrame): string {
  const file = url.slice(url.lastIndexOf('/') + 1);
  const place = file ? ` ${file}:${lineNumber + 1}:${columnNumber + 1}` : '';
  return `${functionName || '(anonymous)'}${place}`;
}

/** Returns task times. Complete events nest, so an inner event's time is subtracted from the outer one. */
function taskTimes(events: readonly TraceEvent[]): SelfTime[] {
  const sums = new Map<string, number>();
  const add = (what: string, time: number) => sums.set(what, (sums.get(what) ?? 0) + time);
  const open: { name: string; end: number }[] = [];
  const complete = events.filter((event) => event.ph === 'X' && event.dur !== undefined);
  for (const { name, ts, dur = 0 } of complete.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    while ((open.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= ts) open.pop();
    const outer = open.at(-1);
    if (outer) add(outer.name, -Math.min(dur, outer.end - ts));
    add(name, dur);
    open.push({ name, end: ts + dur });
  }
  return sorted(sums);
}

function sorted(sums: ReadonlyMap<string, number>): SelfTime[] {
  return [...sums].map(([what, time]) => ({ what, ms: time / 1000 })).sort((a, b) => b.ms - a.ms);
}

function total(times: readonly SelfTime[]): number {
  return times.reduce((sum, { ms }) => sum + ms, 0);
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
