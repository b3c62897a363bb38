/** Exports the selected assets, or all that match: as a table, a list of files or a contact sheet. */
import { Dialog } from '@kobalte/core/dialog';
import { createSignal, Match, Show, Switch } from 'solid-js';
import { mapPath, pathMappings } from '../../../paths/map-path.ts';
import { shellWord } from '../../../paths/shell-word.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { copyText } from '../../../ui/copy-text.ts';
import dialog from '../../../ui/dialog.module.css';
import { formatCount, formatCountOf } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useReplica } from '../../../ui/replica-context.ts';
import { ChoiceGroup } from './choice-group.tsx';
import { createExport, type Ending } from './create-export.ts';
import styles from './export-dialog.module.css';
import { exportFormat, exportFormats, formatLabels, setExportFormat, sheetChosen } from './export-preferences.ts';
import { exportText, type TextExport } from './export-text.ts';
import { saveFile } from './save-file.ts';
import { makeSheet, sheetProblem } from './sheet/make-sheet.ts';
import { SheetFields } from './sheet-fields.tsx';
import type { TextFormat } from './text-formats.ts';

export interface ExportDialogProps {
  readonly selected: readonly string[];
  /** All assets that match, in the list's order. */
  readonly matching: () => readonly string[];
  /** Null: the list is still being read. */
  readonly matchCount: number | null;
  /** Names what is exported, for the header of a sheet and the names of files. */
  readonly title: string;
  readonly onClose: () => void;
}

const mediaTypes = {
  csv: 'text/csv;charset=utf-8',
  json: 'application/json',
  files: 'text/plain;charset=utf-8',
  rsync: 'text/plain;charset=utf-8',
} as const satisfies Record<TextFormat, string>;
const extensions = { csv: 'csv', json: 'json', files: 'txt', rsync: 'txt' } as const satisfies Record<
  TextFormat,
  string
>;

export default function ExportDialog(props: ExportDialogProps) {
  const { replica } = useReplica();
  const work = createExport();
  const [whole, setWhole] = createSignal(props.selected.length === 0);
  const [mapped, setMapped] = createSignal(false);
  const [title, setTitle] = createSignal(props.title);
  const count = () => (whole() ? (props.matchCount ?? 0) : props.selected.length);
  const ids = () => (whole() ? props.matching() : props.selected);
  const settings = () => ({ ...sheetChosen(), title: title().trim() });
  const problem = () => {
    if (whole() && props.matchCount === null) return 'The list is still being read.';
    if (count() === 0) return 'Nothing matches, so there is nothing to export.';
    return exportFormat() === 'sheet' ? sheetProblem(settings(), count()) : null;
  };
  const running = () => work.state().at === 'running';
  const blocked = () => running() || problem() !== null;
  const place = (path: string) => (mapped() ? mapPath(path, pathMappings()) : path);
  const nameOf = (ending: string) => `${fileName(props.title)}-${new Date().toISOString().slice(0, 10)}${ending}`;

  async function download(): Promise<void> {
    const format = exportFormat();
    if (problem() !== null) return;
    await work.run(count(), 'The export stopped', async (running): Promise<Ending> => {
      if (format === 'sheet') {
        const chosen = settings();
        const sheet = await makeSheet(replica, ids(), chosen, running);
        for (const [index, file] of sheet.files.entries()) {
          const number = sheet.files.length > 1 ? `-${String(index + 1).padStart(2, '0')}` : '';
          saveFile(
            [file],
            nameOf(`${number}.${chosen.format}`),
            chosen.format === 'pdf' ? 'application/pdf' : 'image/png',
          );
        }
        return {
          sentence: sentences(`Saved ${formatCountOf(sheet.pages, 'page')}`, [
            sheet.unloaded > 0 &&
              `${formatCountOf(sheet.unloaded, 'picture')} could not be loaded and ${sheet.unloaded === 1 ? 'is' : 'are'} blank`,
            goneSentence(sheet.gone),
          ]),
        };
      }
      const made = await exportText(replica, ids(), { ...running, format, place, pasteable: false });
      const name = nameOf(`.${extensions[format]}`);
      saveFile(made.parts, name, mediaTypes[format]);
      const command = `rsync -a --files-from=${shellWord(name)} ${shellWord(made.folder.endsWith('/') ? made.folder : `${made.folder}/`)} destination/`;
      return { sentence: textSentence('Saved', made), command: format === 'rsync' ? command : null };
    });
  }

  async function copy(): Promise<void> {
    const format = exportFormat();
    if (format === 'sheet' || problem() !== null) return;
    await work.run(
      count(),
      'Nothing was copied. You can download the file instead. The reason',
      async (running): Promise<Ending> => {
        const made = exportText(replica, ids(), { ...running, format, place, pasteable: true });
        await copyText(made.then(({ parts }) => new Blob([...parts]).text()));
        return { sentence: textSentence('Copied', await made) };
      },
    );
  }

  return (
    <Dialog open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay class={dialog['overlay']} />
        <Dialog.Content class={`popover ${dialog['content']} ${styles['dialog']}`}>
          <header>
            <Dialog.Title as="h2">Export</Dialog.Title>
            <Dialog.CloseButton class="button quiet icon" aria-label="Close">
              <Icon name="close" />
            </Dialog.CloseButton>
          </header>
          <form
            class={styles['form']}
            onInput={() => work.clear()}
            onSubmit={(event) => {
              event.preventDefault();
              void download();
            }}
          >
            <Show when={props.selected.length > 0}>
              <ChoiceGroup
                label="Assets"
                options={[
                  { value: 'selected', label: `${formatCount(props.selected.length)} selected` },
                  { value: 'all', label: `All ${formatCount(props.matchCount)} that match` },
                ]}
                value={whole() ? 'all' : 'selected'}
                onChange={(value) => setWhole(value === 'all')}
              />
            </Show>
            <div>
              <ChoiceGroup
                label="Format"
                options={exportFormats.map((value) => ({ value, label: formatLabels[value].label }))}
                value={exportFormat()}
                onChange={setExportFormat}
              />
              <p class={`muted small ${styles['hint']}`}>{formatLabels[exportFormat()].hint}</p>
            </div>
            <Show when={exportFormat() === 'files' && pathMappings().length > 0}>
              <label class={styles['check']}>
                <input
                  type="checkbox"
                  checked={mapped()}
                  onChange={(event) => setMapped(event.currentTarget.checked)}
                />
                Paths as this computer has them
              </label>
            </Show>
            <Show when={exportFormat() === 'sheet'}>
              <SheetFields title={title()} assets={count()} onTitle={setTitle} />
            </Show>
            <Outcome state={work.state()} />
            <Show when={problem()}>{(sentence) => <p class={styles['problem']}>{sentence()}</p>}</Show>
            <footer class={styles['footer']}>
              {/* The buttons stay while an export runs: a focused one that went would take the focus with it. */}
              <button type="button" class="button" onClick={() => (running() ? work.cancel() : props.onClose())}>
                {running() ? 'Cancel export' : 'Close'}
              </button>
              <Show when={exportFormat() !== 'sheet'}>
                <button type="button" class="button" aria-disabled={blocked()} onClick={() => void copy()}>
                  <Icon name="copy" size={14} /> Copy
                </button>
              </Show>
              <button type="submit" class="button primary" aria-disabled={blocked()}>
                Export {formatCountOf(count(), 'asset')}
              </button>
            </footer>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog>
  );
}

function Outcome(props: { readonly state: ReturnType<ReturnType<typeof createExport>['state']> }) {
  const at = <At extends typeof props.state.at>(wanted: At) =>
    props.state.at === wanted ? (props.state as Extract<typeof props.state, { at: At }>) : null;
  return (
    <div role="status" class={styles['outcome']}>
      <Switch>
        <Match when={at('running')}>
          {(run) => (
            <div class={styles['progress']}>
              <progress aria-label="Export" max={run().total} value={run().done} />
              <span class="number">
                {formatCount(run().done)} of {formatCount(run().total)}
              </span>
            </div>
          )}
        </Match>
        <Match when={at('done')}>
          {(end) => (
            <>
              <p>
                <Icon name="check" size={14} /> {end().sentence}
              </p>
              <Show when={end().command}>
                {(command) => (
                  <p class={styles['command']}>
                    <code class="mono small">{command()}</code>
                    <CopyButton text={command()} what="command" />
                  </p>
                )}
              </Show>
            </>
          )}
        </Match>
        <Match when={at('failed')}>{(end) => <p class={styles['problem']}>{end().problem}</p>}</Match>
      </Switch>
    </div>
  );
}

function textSentence(verb: string, { rows, gone, leftOut }: TextExport): string {
  return sentences(`${verb} ${formatCountOf(rows, 'asset')}`, [
    leftOut > 0 && `${formatCountOf(leftOut, 'file')} with a line break in the name left out`,
    goneSentence(gone),
  ]);
}

function goneSentence(gone: number): string | false {
  return gone > 0 && `${formatCountOf(gone, 'asset')} deleted meanwhile`;
}

function sentences(first: string, more: readonly (string | false)[]): string {
  return [first, ...more.filter((part) => part !== false)].join('. ');
}

/** Returns a name that every file system takes. */
function fileName(title: string): string {
  return title.replaceAll(/[^\p{L}\p{N}_-]+/gu, '_').replaceAll(/^_+|_+$/g, '') || 'assets';
}
