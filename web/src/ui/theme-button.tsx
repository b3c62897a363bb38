import { Icon } from './icon.tsx';
import { chooseTheme, currentTheme } from './theme.ts';

export function ThemeButton() {
  const other = () => (currentTheme() === 'dark' ? 'light' : 'dark');
  return (
    <button
      type="button"
      class="button quiet icon"
      aria-label={`Use the ${other()} theme`}
      title={`Use the ${other()} theme`}
      onClick={() => chooseTheme(other())}
    >
      <Icon name="contrast" size={14} />
    </button>
  );
}
