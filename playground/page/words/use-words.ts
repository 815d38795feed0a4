import { useStore } from '../store/use-store';
import { en, type Words } from './en-page';
import { zhCn } from './zh-cn-page';

/** The page's own texts, in the language of the person's Slack, which the bot uses too. */
export function useWords(): Words {
  const locale = useStore(({ page }) => page?.me.locale ?? navigator.language);
  return locale.startsWith('zh') ? zhCn : en;
}
