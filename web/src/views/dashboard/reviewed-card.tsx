/** The assets reviewed on each of the last days, as bars with their numbers. */
import { createMemo, For } from 'solid-js';
import { formatCount } from '../../ui/format.ts';
import { Card } from './card.tsx';
import { type ReviewedDay, reviewedPerDay } from './count-changes.ts';
import type { LibraryCounts } from './create-library-counts.ts';
import styles from './dashboard.module.css';
import { period } from './period.ts';

const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
/** More bars than this leave no room for a number over each. */
const ROOMY = 7;

export function ReviewedCard(props: { counts: LibraryCounts; now: Date }) {
  const days = createMemo(() => reviewedPerDay(props.counts.hours(), props.now, Math.max(ROOMY, period().days)));
  const most = () => Math.max(1, ...days().map(({ count }) => count ?? 0));
  const total = () => {
    const within = days().slice(-period().days);
    return within.some(({ count }) => count === null) ? null : within.reduce((sum, { count }) => sum + (count ?? 0), 0);
  };
  const isRoomy = () => days().length <= ROOMY;
  const nameOf = (index: number, { day }: ReviewedDay) => {
    if (index === days().length - 1) return 'Today';
    return isRoomy() ? weekday.format(day) : dayAndMonth.format(day);
  };
  const isLabelled = (index: number, { count }: ReviewedDay) =>
    isRoomy() || index === days().length - 1 || (count !== null && count === most());
  return (
    <Card
      title="Reviewed per day"
      end={
        <span title="Assets that got a verdict, less those set back to unreviewed">{`${formatCount(total())} ${period().words}`}</span>
      }
      reads={[props.counts.hours]}
      class={styles['reviewed']}
    >
      <ol class={styles['days']} classList={{ [styles['many'] ?? '']: !isRoomy() }}>
        <For each={days()}>
          {(reviewed, index) => (
            <li title={`${dayAndMonth.format(reviewed.day)}: ${printed(reviewed.count)} reviewed`}>
              <span class={styles['count']} classList={{ 'visually-hidden': !isLabelled(index(), reviewed) }}>
                {printed(reviewed.count)}
              </span>
              <span
                class={styles['day']}
                classList={{ [styles['today'] ?? '']: index() === days().length - 1 }}
                style={{ height: `${Math.round((40 * Math.max(0, reviewed.count ?? 0)) / most())}px` }}
              />
              <span class={styles['name']} classList={{ 'visually-hidden': !isRoomy() && index() % 7 !== 1 }}>
                {nameOf(index(), reviewed)}
              </span>
            </li>
          )}
        </For>
      </ol>
    </Card>
  );
}

function printed(count: number | null): string {
  return count !== null && count < 0 ? `−${formatCount(-count)}` : formatCount(count);
}
