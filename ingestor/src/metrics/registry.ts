/**
 * Counters, gauges and histograms in Prometheus' text format, version 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). The format is so simple that no library is needed:
 * the usual one, prom-client, has one registry for the whole process and depends on OpenTelemetry.
 */

type Labels<Name extends string> = Readonly<Record<Name, string>>;

interface Metric {
  lines(): string[];
}

export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export class Registry {
  readonly #metrics = new Map<string, Metric>();

  /** @param name in Prometheus' style: `ihub_assets_registered_total`. */
  counter<Name extends string = never>(name: string, help: string, labels: readonly Name[] = []): Counter<Name> {
    return this.#add(name, new Counter<Name>(name, help, labels));
  }

  gauge<Name extends string = never>(name: string, help: string, labels: readonly Name[] = []): Gauge<Name> {
    return this.#add(name, new Gauge<Name>(name, help, labels));
  }

  /** @param bounds upper bounds of the buckets, ascending. */
  histogram<Name extends string = never>(
    name: string,
    help: string,
    labels: readonly Name[],
    bounds: readonly number[],
  ): Histogram<Name> {
    return this.#add(name, new Histogram<Name>(name, help, labels, bounds));
  }

  text(): string {
    const lines = [...this.#metrics.values()].flatMap((metric) => metric.lines());
    return lines.map((line) => `${line}\n`).join('');
  }

  #add<M extends Metric>(name: string, metric: M): M {
    if (this.#metrics.has(name)) throw new TypeError(`The metric ${name} already exists.`);
    this.#metrics.set(name, metric);
    return metric;
  }
}

/** One number for each set of label values. */
class Series<Name extends string> {
  protected readonly name: string;
  protected readonly labels: readonly Name[];
  protected readonly values = new Map<string, number>();
  readonly #head: readonly string[];

  constructor(name: string, help: string, type: string, labels: readonly Name[]) {
    this.name = name;
    this.labels = labels;
    this.#head = headOf(name, help, type);
    // A counter without labels exists from the start, at 0.
    if (labels.length === 0 && type === 'counter') this.values.set('', 0);
  }

  protected key(values: Labels<Name> | undefined): string {
    return labelText(this.labels, values);
  }

  lines(): string[] {
    if (this.values.size === 0) return [];
    return [...this.#head, ...[...this.values].map(([key, value]) => `${this.name}${braced(key)} ${value}`)];
  }
}

/** A value that only grows while the process lives. */
export class Counter<Name extends string = never> extends Series<Name> {
  constructor(name: string, help: string, labels: readonly Name[]) {
    super(name, help, 'counter', labels);
  }

  add(amount: number, labels?: Labels<Name>): void {
    if (!(amount >= 0)) throw new RangeError(`${this.name} only grows: ${amount}`);
    const key = this.key(labels);
    this.values.set(key, (this.values.get(key) ?? 0) + amount);
  }

  /** Raises the counter to a total that is counted elsewhere. */
  reach(total: number, labels?: Labels<Name>): void {
    const key = this.key(labels);
    this.values.set(key, Math.max(total, this.values.get(key) ?? 0));
  }
}

/** A current value. An unknown value is left out, and never 0. */
export class Gauge<Name extends string = never> extends Series<Name> {
  constructor(name: string, help: string, labels: readonly Name[]) {
    super(name, help, 'gauge', labels);
  }

  set(value: number | null, labels?: Labels<Name>): void {
    if (value === null) this.values.delete(this.key(labels));
    else this.values.set(this.key(labels), value);
  }

  /** Makes all values unknown. */
  clear(): void {
    this.values.clear();
  }
}

/** The distribution of values over buckets. */
export class Histogram<Name extends string = never> {
  readonly #name: string;
  readonly #labels: readonly Name[];
  readonly #bounds: readonly number[];
  readonly #head: readonly string[];
  readonly #values = new Map<string, { buckets: number[]; sum: number; count: number }>();

  constructor(name: string, help: string, labels: readonly Name[], bounds: readonly number[]) {
    this.#name = name;
    this.#labels = labels;
    this.#bounds = bounds;
    this.#head = headOf(name, help, 'histogram');
  }

  observe(value: number, labels?: Labels<Name>): void {
    const key = labelText(this.#labels, labels);
    const found = this.#values.get(key) ?? { buckets: this.#bounds.map(() => 0), sum: 0, count: 0 };
    for (const [index, bound] of this.#bounds.entries()) {
      if (value <= bound) found.buckets[index] = (found.buckets[index] ?? 0) + 1;
    }
    found.sum += value;
    found.count += 1;
    this.#values.set(key, found);
  }

  lines(): string[] {
    if (this.#values.size === 0) return [];
    const lines = [...this.#head];
    for (const [key, { buckets, sum, count }] of this.#values) {
      const bucket = (bound: string, value: number) => {
        const labels = [key, `le="${bound}"`].filter((part) => part !== '').join(',');
        lines.push(`${this.#name}_bucket{${labels}} ${value}`);
      };
      for (const [index, bound] of this.#bounds.entries()) bucket(String(bound), buckets[index] ?? 0);
      bucket('+Inf', count);
      lines.push(`${this.#name}_sum${braced(key)} ${sum}`, `${this.#name}_count${braced(key)} ${count}`);
    }
    return lines;
  }
}

function headOf(name: string, help: string, type: string): string[] {
  return [
    `# HELP ${name} ${help.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`)}`,
    `# TYPE ${name} ${type}`,
  ];
}

function labelText<Name extends string>(names: readonly Name[], values: Labels<Name> | undefined): string {
  return names.map((name) => `${name}="${escaped(values?.[name] ?? '')}"`).join(',');
}

function braced(key: string): string {
  return key === '' ? '' : `{${key}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`).replaceAll('\n', String.raw`\n`);
}
