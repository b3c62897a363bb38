/** The choices of a contact sheet. */
import { createUniqueId, For } from 'solid-js';
import { formatCountOf } from '../../../ui/format.ts';
import { ChoiceGroup } from './choice-group.tsx';
import styles from './export-dialog.module.css';
import { type SheetChoice, setSheetChosen, sheetChosen } from './export-preferences.ts';
import { captionLabels, captions } from './sheet/caption-lines.ts';
import { pagesOf } from './sheet/make-sheet.ts';
import { type PageSize, pageSizes } from './sheet/sheet-layout.ts';

const MAX_COLUMNS = 12;

export function SheetFields(props: {
  readonly title: string;
  readonly assets: number;
  readonly onTitle: (title: string) => void;
}) {
  const id = createUniqueId();
  const choose = (change: Partial<SheetChoice>) => setSheetChosen({ ...sheetChosen(), ...change });
  return (
    <>
      <div class={styles['pair']}>
        <ChoiceGroup
          label="File"
          options={[
            { value: 'pdf', label: 'PDF' },
            { value: 'png', label: 'PNG' },
          ]}
          value={sheetChosen().format}
          onChange={(format) => choose({ format })}
        />
        <ChoiceGroup
          label="Page"
          options={(Object.keys(pageSizes) as PageSize[]).map((value) => ({ value, label: pageSizes[value].label }))}
          value={sheetChosen().page}
          onChange={(page) => choose({ page })}
        />
        <ChoiceGroup
          label="Orientation"
          options={[
            { value: 'portrait', label: 'Portrait' },
            { value: 'landscape', label: 'Landscape' },
          ]}
          value={sheetChosen().landscape ? 'landscape' : 'portrait'}
          onChange={(orientation) => choose({ landscape: orientation === 'landscape' })}
        />
        <div class={styles['row']}>
          <label class={styles['label']} for={`${id}-columns`}>
            Columns
          </label>
          <input
            id={`${id}-columns`}
            class={`field ${styles['number']}`}
            type="number"
            min="1"
            max={MAX_COLUMNS}
            value={sheetChosen().columns}
            onChange={(event) => {
              const typed = Math.round(event.currentTarget.valueAsNumber);
              const columns = Number.isFinite(typed)
                ? Math.min(MAX_COLUMNS, Math.max(1, typed))
                : sheetChosen().columns;
              event.currentTarget.value = String(columns);
              choose({ columns });
            }}
          />
        </div>
      </div>
      <fieldset class={styles['row']}>
        <legend class={styles['label']}>Captions</legend>
        <div class={styles['checks']}>
          <For each={captions}>
            {(caption) => (
              <label>
                <input
                  type="checkbox"
                  checked={sheetChosen().captions.includes(caption)}
                  onChange={(event) =>
                    choose({
                      captions: event.currentTarget.checked
                        ? [...sheetChosen().captions, caption]
                        : sheetChosen().captions.filter((one) => one !== caption),
                    })
                  }
                />
                {captionLabels[caption]}
              </label>
            )}
          </For>
        </div>
      </fieldset>
      <div class={styles['row']}>
        <label class={styles['label']} for={`${id}-title`}>
          Header
        </label>
        <input
          id={`${id}-title`}
          class="field"
          maxlength="200"
          autocomplete="off"
          value={props.title}
          onInput={(event) => props.onTitle(event.currentTarget.value)}
        />
        <span class="muted small">
          {formatCountOf(pagesOf({ ...sheetChosen(), title: props.title }, props.assets), 'page')}. Leave the header
          empty for none.
        </span>
      </div>
    </>
  );
}
