/** Results of a benchmark case, printed with contenders side by side and compared with their targets. */

export interface Figure {
  readonly what: string;
  /** Null when it could not be measured. */
  readonly value: number | null;
  readonly unit: 'rows/s' | 'MB/s' | 'ms' | 's' | 'MB' | 'bytes' | '%' | 'px' | '';
  /** The target for our own figure. */
  readonly target?: Target;
}

type Target =
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly below: number }
  /** At most this share of the best rival's figure. */
  | { readonly ofRival: number };

/** Figures by contender, ours first, or the error that prevented them. */
export type Results = ReadonlyMap<string, readonly Figure[] | Error>;

export function printFigures(title: string, results: Results): void {
  console.log(`\n${title}`);
  for (const [name, result] of results)
    if (result instanceof Error) console.log(`  ${name}: failed: ${result.message.split('\n', 1)[0]}`);

  const measured = [...results].flatMap(([name, result]) =>
    result instanceof Error ? [] : [{ name, figures: result }],
  );
  const whats = new Set(measured.flatMap(({ figures }) => figures.map(({ what }) => what)));
  if (whats.size === 0) return;
  const [first] = results.keys();
  console.table(
    [...whats].map((what) => {
      const found = measured.map(({ name, figures }) => ({ name, figure: figures.find((one) => one.what === what) }));
      const ours = found.find(({ name }) => name === first)?.figure;
      const rivals = found.filter(({ name }) => name !== first);
      return {
        what,
        ...Object.fromEntries(found.map(({ name, figure }) => [name, figure ? formatFigure(figure) : 'not measured'])),
        ...Object.fromEntries(
          rivals.flatMap(({ name, figure }) =>
            ours?.value != null && figure?.value ? [[`of ${name}`, `× ${(ours.value / figure.value).toFixed(2)}`]] : [],
          ),
        ),
        ...(ours?.target ? { target: formatTarget(ours), reached: verdict(ours, rivals) } : {}),
      };
    }),
  );
}

function verdict(ours: Figure, rivals: readonly { figure: Figure | undefined }[]): string {
  const reached = isReached(
    ours,
    rivals.flatMap(({ figure }) => figure?.value ?? []),
  );
  return reached === null ? 'not judged' : reached ? 'met' : 'MISSED';
}

/** @returns whether the target is met; null without a target, a value or a rival to compare with. */
export function isReached({ value, target }: Figure, rivals: readonly number[] = []): boolean | null {
  if (!target || value === null) return null;
  if ('atLeast' in target) return value >= target.atLeast;
  if ('ofRival' in target) return rivals.length === 0 ? null : value <= target.ofRival * Math.min(...rivals);
  return 'atMost' in target ? value <= target.atMost : value < target.below;
}

export function formatTarget({ target, unit }: Figure): string {
  if (!target) return '';
  if ('ofRival' in target) return `<= × ${target.ofRival}`;
  const [sign, bound] =
    'atLeast' in target ? ['>=', target.atLeast] : 'atMost' in target ? ['<=', target.atMost] : ['<', target.below];
  return `${sign} ${bound.toLocaleString('en')} ${unit}`;
}

function formatFigure({ value, unit }: Figure): string {
  if (value === null) return 'not measured';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return `${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${unit}`.trim();
}
