import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import type { Clock } from './format-date';

/** The time zone and the locale of the current person. */
export function useClock(): Clock {
  const { locale } = useWords();
  const timeZone = useStore(({ page }) => page?.me.tz ?? 'UTC');
  return { locale, timeZone };
}
