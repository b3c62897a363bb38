/** A card of the dashboard. One that fails says so in its place, and the others live on. */
import { type JSX, Show } from 'solid-js';
import type { LiveQuery } from '../../replica/read/create-live-query.ts';
import { Part } from '../../ui/page-error.tsx';
import { ReadProblem } from '../../ui/read-problem.tsx';
import styles from './dashboard.module.css';

export function Card(props: {
  title: string;
  /** Beside the title. */
  note?: JSX.Element;
  /** At the right end of the title's line. */
  end?: JSX.Element;
  /** The reads behind the card. */
  reads: readonly Pick<LiveQuery<object>, 'error' | 'refresh'>[];
  class?: string | undefined;
  children: JSX.Element;
}) {
  const failed = () => props.reads.find(({ error }) => error !== null);
  return (
    <section class={`card ${props.class ?? ''}`} aria-label={props.title}>
      <header>
        <h2>{props.title}</h2>
        <span class={`faint small cut ${styles['wide']}`}>{props.note}</span>
        <span class="end">{props.end}</span>
      </header>
      <Part name={props.title}>
        <Show when={failed()} fallback={props.children}>
          {(query) => <ReadProblem error={query().error} onRetry={() => query().refresh()} />}
        </Show>
      </Part>
    </section>
  );
}
