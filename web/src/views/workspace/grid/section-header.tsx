/** A section's header, which stays at the top of the grid while its assets pass below. */
import { Show } from 'solid-js';
import { formatBytes, formatCount, formatCountOf, formatDuration } from '../../../ui/format.ts';
import { Icon, type IconName } from '../../../ui/icon.tsx';
import type { PlacedSection } from './grid-layout.ts';
import { reviewedShare } from './reviewed-share.ts';
import styles from './section-header.module.css';

/** Marks the parts of a header that the grid's own click handler serves. */
export const headerPart = { toggle: 'toggle', select: 'select' } as const;

/**
 * A list box may hold nothing that takes the focus, so the header's parts are for the pointer, and the keys X and O do
 * the same to the section of the focused asset.
 */
export function SectionHeader(props: {
  section: PlacedSection;
  name: string;
  icon: IconName;
  open: boolean;
  /** Null while they are being counted. */
  selected: number | null;
}) {
  const share = () => reviewedShare(props.section);
  const totals = () => props.section.totals;
  const width = (count: number | undefined) => `${(100 * (count ?? 0)) / props.section.count}%`;
  const state = () => {
    if (props.selected === 0) return 'none';
    return props.selected === props.section.count ? 'all' : 'some';
  };
  const facts = () => {
    const sum = totals();
    if (sum === null) return '';
    const selected = props.selected !== null && props.selected > 0 ? `${formatCount(props.selected)} selected` : null;
    const duration = sum.durationSeconds === null ? null : formatDuration(sum.durationSeconds);
    return [selected, formatBytes(sum.sizeBytes), duration].filter((part) => part !== null).join(' · ');
  };
  const spoken = () =>
    [
      props.name,
      formatCountOf(props.section.count, 'asset'),
      `${share()}% reviewed`,
      facts(),
      props.open ? null : 'closed',
    ]
      .filter(Boolean)
      .join(', ');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a list box.
    <div class={styles['header']} role="group" aria-label={spoken()} data-section={props.section.number}>
      <span class={styles['toggle']} data-part={headerPart.toggle} title="Open or close (O)" aria-hidden="true">
        <Icon name={props.open ? 'chevron' : 'chevronRight'} size={14} />
        <Icon name={props.icon} size={16} />
        <b>{props.name}</b>
        <span class={styles['count']}>{formatCount(props.section.count)}</span>
      </span>
      <Show when={totals()}>
        <span class={`review-bar ${styles['bar']}`} aria-hidden="true">
          <span class="approved" style={{ width: width(totals()?.approved) }} />
          <span class="rejected" style={{ width: width(totals()?.rejected) }} />
          <span class="flagged" style={{ width: width(totals()?.flagged) }} />
        </span>
        <span class={styles['share']} aria-hidden="true">
          {share()}% reviewed
        </span>
      </Show>
      <span class={styles['facts']} aria-hidden="true">
        {facts()}
      </span>
      <span
        class={styles['select']}
        data-part={headerPart.select}
        data-state={state()}
        title="Select or deselect the section (X)"
        aria-hidden="true"
      >
        <Icon name={state() === 'some' ? 'untag' : 'check'} size={12} />
      </span>
    </div>
  );
}
