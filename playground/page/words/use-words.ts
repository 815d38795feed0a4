import { useStore } from '../store/store';
import { en, type Words } from './en';
import { zhCn } from './zh-cn';

/** The page's own words, in the language of the person's Slack, in which the bot speaks to them too. */
export function useWords(): Words {
  const locale = useStore(({ page }) => page?.me.locale ?? navigator.language);
  return locale.startsWith('zh') ? zhCn : en;
}
