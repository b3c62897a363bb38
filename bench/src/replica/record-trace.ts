/** Records Chromium traces, including workers, for DevTools and for {@link summarizeTrace}. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { printTrace } from './summarize-trace.ts';

/** Runs some work in a browser and records a trace under a name if traces are enabled. */
export type Recorder = <Result>(name: string, context: BrowserContext, work: () => Promise<Result>) => Promise<Result>;

const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'disabled-by-default-devtools.timeline.frame',
  'disabled-by-default-v8.cpu_profiler',
  'blink.user_timing',
  'toplevel',
  'v8.execute',
];

/** @param folder where the traces go; null records nothing. */
export function recorder(folder: string | null): Recorder {
  return async (name, context, work) => {
    const browser = context.browser();
    if (folder === null || browser === null) return work();
    await browser.startTracing(undefined, { categories: CATEGORIES });
    try {
      return await work();
    } finally {
      const trace = await browser.stopTracing();
      await mkdir(folder, { recursive: true });
      const file = path.join(folder, `${name.replaceAll(/\W+/g, '-')}.json`);
      await writeFile(file, trace);
      console.log(`\n${name}: recorded as ${file}, for the Performance panel of DevTools`);
      printTrace(trace.toString());
    }
  };
}
