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
          <A href={figure.href} aria-label={figure.name} title={figure.name}>
            <span class="label">
              <Icon name={figure.icon} size={14} /> {figure.label}
            </span>
            <span class="figure">{figure.value}</span>
            <span class={`small muted cut ${styles['line']}`}>
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
