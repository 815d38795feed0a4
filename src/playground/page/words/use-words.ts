import { useStore } from '../store/store';
import { en, type Words } from './en';
import { zhCn } from './zh-cn';

/** The page's own words, in the language that was chosen or, left alone, in that of the person. */
export function useWords(): Words {
  const choice = useStore(({ preferences }) => preferences.language);
  const locale = useStore(({ page }) => page?.me.locale ?? navigator.language);
  const language = choice === 'person' ? locale : choice;
  return language.startsWith('zh') ? zhCn : en;
}
