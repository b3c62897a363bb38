/** Changing the assets of the package that is on the screen. */
import { createContext, useContext } from 'solid-js';
import type { AssetChange } from './asset-changes.ts';

/** Makes a change and tells what came of it; without ids to what is selected, else to the asset that the keyboard is on. */
export type ChangeAssets = (change: AssetChange, ids?: readonly string[]) => void;

export const ChangeAssetsContext = createContext<ChangeAssets>();

export function useChangeAssets(): ChangeAssets {
  const change = useContext(ChangeAssetsContext);
  if (!change) throw new Error('useChangeAssets must be called inside a ChangeAssetsContext.Provider.');
  return change;
}
