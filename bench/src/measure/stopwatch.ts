/** Collects times since the last restart and prints them as a table. */
export interface Stopwatch {
  restart(): void;
  note(what: string): void;
  print(): void;
}

export function stopwatch(): Stopwatch {
  const rows: { what: string; seconds: number }[] = [];
  let started = performance.now();
  return {
    restart() {
      started = performance.now();
    },
    note(what) {
      rows.push({ what, seconds: Math.round((performance.now() - started) / 10) / 100 });
    },
    print() {
      console.table(rows);
    },
  };
}
