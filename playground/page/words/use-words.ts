import { useStore } from '../store/use-store';
import { en, type Words } from './en-page';
import { zhCn } from './zh-cn-page';

/** The page's own words, in the language of the person's Slack, in which the bot speaks to them too. */
export function useWords(): Words {
  const locale = useStore(({ page }) => page?.me.locale ?? navigator.language);
  return locale.startsWith('zh') ? zhCn : en;
}
