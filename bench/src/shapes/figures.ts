/** What a case found out, and how it is printed: contenders side by side, targets judged. */

export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: 'rows/s' | 'MB/s' | 'ms' | 's' | 'MB';
  /** What the engine is to reach. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number } | { readonly below: number };
}

/** By contender: its figures, or why it has none. */
export type Results = ReadonlyMap<string, readonly Figure[] | Error>;

export function printFigures(title: string, results: Results): void {
  console.log(`\n${title}`);
  for (const [name, result] of results)
    if (result instanceof Error) console.log(`  ${name}: failed: ${result.message}`);

  const measured = [...results].flatMap(([name, result]) =>
    result instanceof Error ? [] : [{ name, figures: result }],
  );
  const whats = new Set(measured.flatMap(({ figures }) => figures.map(({ what }) => what)));
  if (whats.size === 0) return;
  console.table(
    [...whats].map((what) => {
      const found = measured.map(({ name, figures }) => ({ name, figure: figures.find((one) => one.what === what) }));
      const [ours, theirs] = ['ingesthub', 'electric'].map((name) => found.find((one) => one.name === name)?.figure);
      return {
        what,
        ...Object.fromEntries(found.map(({ name, figure }) => [name, figure ? formatFigure(figure) : 'not measured'])),
        ...(ours && theirs ? { 'of electric': `× ${(ours.value / theirs.value).toFixed(2)}` } : {}),
        ...(ours?.target ? { target: formatTarget(ours), reached: isReached(ours) ? 'met' : 'MISSED' } : {}),
      };
    }),
  );
}

export function isReached({ value, target }: Figure): boolean {
  if (!target) return true;
  if ('atLeast' in target) return value >= target.atLeast;
  return 'atMost' in target ? value <= target.atMost : value < target.below;
}

export function formatTarget({ target, unit }: Figure): string {
  if (!target) return '';
  const [sign, bound] =
    'atLeast' in target ? ['>=', target.atLeast] : 'atMost' in target ? ['<=', target.atMost] : ['<', target.below];
  return `${sign} ${bound.toLocaleString('en')} ${unit}`;
}

export function formatFigure({ value, unit }: Figure): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`;
}
