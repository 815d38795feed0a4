import { en as onbukaEn } from './onbuka/words/en';
import { zhCn as onbukaZhCn } from './onbuka/words/zh-cn';
import type { ProviderVocabulary } from './provider-vocabulary';

/** Every provider's words, by the provider's name. `src/words` joins them to its catalogues. */
export const VOCABULARIES: Record<'en' | 'zh-CN', Record<string, ProviderVocabulary>> = {
  en: { onbuka: onbukaEn },
  'zh-CN': { onbuka: onbukaZhCn },
};
