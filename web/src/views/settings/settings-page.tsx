/** Settings: one section at a time, named by the address. Everything here is saved at once. */
import { A, useParams } from '@solidjs/router';
import { For, type JSX } from 'solid-js';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { Page } from '../../ui/page.tsx';
import { AppearanceSettings } from './appearance-settings.tsx';
import { DeviceSettings } from './device-settings.tsx';
import { KeyboardSettings } from './keyboard-settings.tsx';
import styles from './settings-page.module.css';

interface Section {
  readonly name: string;
  readonly path: string;
  readonly icon: IconName;
  readonly content: () => JSX.Element;
}

const first: Section = { name: 'This device', path: '/settings', icon: 'size', content: () => <DeviceSettings /> };
const sections: readonly Section[] = [
  first,
  { name: 'Appearance', path: '/settings/appearance', icon: 'contrast', content: () => <AppearanceSettings /> },
  { name: 'Keyboard', path: '/settings/keyboard', icon: 'keyboard', content: () => <KeyboardSettings /> },
];

export function SettingsPage() {
  const params = useParams<{ section?: string }>();
  const shown = () => sections.find(({ path }) => path === `/settings/${params.section ?? ''}`) ?? first;
  return (
    <Page
      title={`${shown().name} · Settings`}
      crumbs={[
        { label: 'Settings', href: '/settings' },
        { label: shown().name, href: shown().path },
      ]}
    >
      <div class={styles['page']}>
        <nav class={styles['sections']} aria-label="Settings">
          <h2>You</h2>
          <For each={sections}>
            {({ name, path, icon }) => (
              <A href={path} end aria-current={shown().path === path ? 'page' : undefined}>
                <Icon name={icon} /> {name}
              </A>
            )}
          </For>
          <h2>Library</h2>
          <A href="/corrections">
            <Icon name="edit" /> Corrections
          </A>
          <A href="/deleted">
            <Icon name="delete" /> Recently deleted
          </A>
          <A href="/sync">
            <Icon name="refresh" /> Sync
          </A>
        </nav>
        <div class={styles['section']}>
          <h1>{shown().name}</h1>
          {shown().content()}
        </div>
      </div>
    </Page>
  );
}
