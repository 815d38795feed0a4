import { useSyncExternalStore } from 'react';
import { useStore } from './use-store';

const darkness = window.matchMedia('(prefers-color-scheme: dark)');

function watch(listener: () => void) {
  darkness.addEventListener('change', listener);
  return () => darkness.removeEventListener('change', listener);
}

/** The colours to draw in: those chosen, or else the system's. */
export function useTheme(): 'light' | 'dark' {
  const isDark = useSyncExternalStore(watch, () => darkness.matches);
  const chosen = useStore(({ preferences }) => preferences.theme);
  return chosen === 'system' ? (isDark ? 'dark' : 'light') : chosen;
}
