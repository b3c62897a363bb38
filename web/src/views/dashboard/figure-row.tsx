/** The figures of the library, each a link to the assets behind it. */
import { A } from '@solidjs/router';
import { For } from 'solid-js';
import { Icon } from '../../ui/icon.tsx';
import styles from './dashboard.module.css';
import type { Figure } from './figures.ts';

export function FigureRow(props: { figures: readonly Figure[] }) {
  return (
    <nav class={`figures ${styles['figures']}`} aria-label="The library in numbers" data-moves>
      <For each={props.figures}>
        {(figure) => (
          <A href={figure.href} title={figure.name}>
            {/* Read as one sentence instead of a label, a number and a change. */}
            <span class="visually-hidden">{figure.name}</span>
            <span class="label" aria-hidden="true">
              <Icon name={figure.icon} size={14} /> {figure.label}
            </span>
            <span class="figure" aria-hidden="true">
              {figure.value}
            </span>
            <span class={`small muted cut ${styles['line']}`} aria-hidden="true">
              <For each={figure.line}>
                {(part, index) => (
                  <>
                    {index() > 0 && ' '}
                    <span class={part.tone}>{part.text}</span>
                  </>
                )}
              </For>
            </span>
          </A>
        )}
      </For>
    </nav>
  );
}
