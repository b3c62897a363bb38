/** Filters by size, duration and pose: a popover with lower and upper limits. */
import { Popover } from '@kobalte/core/popover';
import { For, Show } from 'solid-js';
import type { AssetFilter, Range } from '../../../queries/asset-filter.ts';
import { Icon } from '../../../ui/icon.tsx';
import styles from './filter-bar.module.css';

interface RangeField {
  readonly label: string;
  readonly unit: string;
  read(filter: AssetFilter): Range | null;
  change(filter: AssetFilter, range: Range | null): Partial<AssetFilter>;
}

const MEGABYTE = 1_000_000;
/** The range of an angle without limits. */
const WIDEST = { yaw: [-180, 180], pitch: [-180, 180] } as const;

const fields: readonly RangeField[] = [
  {
    label: 'Size',
    unit: 'MB',
    read: ({ sizeBytes }) => scaled(sizeBytes, 1 / MEGABYTE),
    change: (_filter, range) => ({ sizeBytes: scaled(range, MEGABYTE) }),
  },
  {
    label: 'Duration',
    unit: 's',
    read: ({ durationSeconds }) => durationSeconds,
    change: (_filter, range) => ({ durationSeconds: range }),
  },
  angleField('yaw', 'Yaw'),
  angleField('pitch', 'Pitch'),
];

export function RangeFilters(props: { filter: AssetFilter; onFilter: (change: Partial<AssetFilter>) => void }) {
  const active = () => fields.filter((field) => field.read(props.filter) !== null).map((field) => field.label);
  function set(field: RangeField, end: keyof Range, text: string): void {
    const value = text.trim() === '' ? null : Number(text);
    if (value !== null && !Number.isFinite(value)) return;
    const range = { from: null, to: null, ...field.read(props.filter), [end]: value };
    props.onFilter(field.change(props.filter, range.from === null && range.to === null ? null : range));
  }
  return (
    <Popover placement="bottom-start" gutter={4}>
      <Popover.Trigger class="button" data-active={active().length > 0}>
        {active().length > 0 ? active().join(', ') : 'Size, duration, pose'} <Icon name="chevron" size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content class="popover" aria-label="Filter by size, duration and pose">
          <div class={styles['ranges']}>
            <For each={fields}>
              {(field) => (
                <>
                  <span>{field.label}</span>
                  <Limit field={field} end="from" filter={props.filter} onChange={(text) => set(field, 'from', text)} />
                  <span class="muted">to</span>
                  <Limit field={field} end="to" filter={props.filter} onChange={(text) => set(field, 'to', text)} />
                  <span class="muted">{field.unit}</span>
                </>
              )}
            </For>
          </div>
          <Show when={active().length > 0}>
            <button
              type="button"
              class="button quiet"
              onClick={() => props.onFilter({ sizeBytes: null, durationSeconds: null, pose: null })}
            >
              Clear these
            </button>
          </Show>
        </Popover.Content>
      </Popover.Portal>
    </Popover>
  );
}

function Limit(props: { field: RangeField; end: keyof Range; filter: AssetFilter; onChange: (text: string) => void }) {
  return (
    <input
      class="field"
      inputmode="decimal"
      aria-label={`${props.field.label} ${props.end}, ${props.field.unit}`}
      value={props.field.read(props.filter)?.[props.end] ?? ''}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}

function scaled(range: Range | null, factor: number): Range | null {
  const scale = (value: number | null) => (value === null ? null : Number((value * factor).toPrecision(12)));
  return range && { from: scale(range.from), to: scale(range.to) };
}

/** Defines the field of one angle. A pose is a box, in which an angle without limits has the widest range. */
function angleField(angle: 'yaw' | 'pitch', label: string): RangeField {
  const [least, most] = WIDEST[angle];
  return {
    label,
    unit: '°',
    read({ pose }) {
      if (pose === null) return null;
      const [from, to] = pose[angle];
      const range = { from: from === least ? null : from, to: to === most ? null : to };
      return range.from === null && range.to === null ? null : range;
    },
    change({ pose }, range) {
      const box = {
        yaw: [...WIDEST.yaw],
        pitch: [...WIDEST.pitch],
        ...pose,
        [angle]: [range?.from ?? least, range?.to ?? most],
      };
      const isWidest = [...box.yaw, ...box.pitch].every((value) => Math.abs(value) === most);
      return { pose: isWidest ? null : (box as NonNullable<AssetFilter['pose']>) };
    },
  };
}
