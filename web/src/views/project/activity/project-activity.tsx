/** The events of a project that this device knows of, day by day. */
import { A } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import {
  type OwnChangeRow,
  ownChangesQuery,
  type RunEventRow,
  runEventsQuery,
  type ThingEventRow,
  thingEventsQuery,
} from '../../../queries/activity.ts';
import { createLiveQuery } from '../../../replica/read/create-live-query.ts';
import { Icon } from '../../../ui/icon.tsx';
import { ProgressBar } from '../../../ui/progress-bar.tsx';
import { ReadProblem } from '../../../ui/read-problem.tsx';
import { useReplica } from '../../../ui/replica-context.ts';
import {
  type ActivityItem,
  type ActivityKind,
  byDay,
  describeOwnChange,
  describeRunEvent,
  describeThingEvent,
} from './describe-activity.ts';
import styles from './project-activity.module.css';

const kinds: readonly { readonly value: ActivityKind | null; readonly label: string }[] = [
  { value: null, label: 'Everything' },
  { value: 'ingest', label: 'Ingests' },
  { value: 'library', label: 'Packages and subjects' },
  { value: 'own', label: 'Your changes' },
];
const timeOfDay = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });

export function ProjectActivity(props: { projectId: string }) {
  const { replica, status } = useReplica();
  const runs = createLiveQuery<RunEventRow>(replica, () => runEventsQuery(props.projectId));
  const things = createLiveQuery<ThingEventRow>(replica, () => thingEventsQuery(props.projectId));
  const own = createLiveQuery<OwnChangeRow>(replica, () => ownChangesQuery(props.projectId));
  createEffect(on([() => status().unsent, () => status().undo], () => void own.refresh(), { defer: true }));
  const [kind, setKind] = createSignal<ActivityKind | null>(null);
  const days = createMemo(() => {
    const items = [
      ...runs().map(describeRunEvent),
      ...things().map(describeThingEvent),
      ...own().map(describeOwnChange),
    ];
    return byDay(
      items.filter((item) => kind() === null || item.kind === kind()),
      new Date(),
    );
  });
  const loading = () => runs.loading || things.loading || own.loading;
  return (
    <section class={styles['activity']} aria-label="Activity">
      <div class={styles['bar']}>
        <fieldset class="segmented">
          <legend class="visually-hidden">Show</legend>
          <For each={kinds}>
            {({ value, label }) => (
              <button type="button" aria-pressed={kind() === value} onClick={() => setKind(value)}>
                {label}
              </button>
            )}
          </For>
        </fieldset>
        <p class="muted small">
          This device knows of ingests, of packages and subjects, and of the changes that you made here. What others
          tagged or reviewed is not listed.
        </p>
      </div>
      <ReadProblem error={runs.error ?? things.error ?? own.error} onRetry={things.refresh} />
      <Show
        when={days().length > 0 || loading()}
        fallback={
          <div class="empty">
            <Icon name="activity" size={16} />
            <h2>Nothing of this kind yet</h2>
          </div>
        }
      >
        <For each={days()}>
          {(day) => (
            <section aria-label={day.label}>
              <h3 class={styles['day']}>{day.label}</h3>
              <ul>
                <For each={day.items}>{(item) => <Item item={item} />}</For>
              </ul>
            </section>
          )}
        </For>
      </Show>
    </section>
  );
}

function Item(props: { item: ActivityItem }) {
  return (
    <li class={styles['item']}>
      <span class={styles['mark']}>
        <Icon name={props.item.icon} size={14} />
      </span>
      <div class={styles['text']}>
        <p>
          <span class="muted">{props.item.before}</span>{' '}
          <Show when={props.item.href} fallback={<b>{props.item.name}</b>}>
            {(href) => (
              <A class={styles['name'] ?? ''} href={href()}>
                {props.item.name}
              </A>
            )}
          </Show>{' '}
          <span class="muted">{props.item.after}</span>
        </p>
        <Show when={props.item.share !== null}>
          <ProgressBar label={`Ingest of ${props.item.name}`} value={props.item.share} />
        </Show>
        <Show when={props.item.detail}>{(detail) => <p class="muted small">{detail()}</p>}</Show>
      </div>
      <span class="muted small">
        {props.item.now ? 'now' : props.item.at === null ? '–' : timeOfDay.format(props.item.at)}
      </span>
    </li>
  );
}
