import { useAct } from '../store/use-act';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';

const LANGUAGES = ['en-US', 'zh-CN'] as const;

/** The language of the person's Slack. The bot asks Slack for it, so its forms and private answers follow. */
export function LanguageSwitch() {
  const { frame } = useWords();
  const locale = useStore(({ page }) => page?.me.locale);
  const act = useAct();
  if (!locale) return null;
  return (
    <select
      className="select compact"
      aria-label={frame.language}
      title={frame.language}
      value={locale}
      onChange={(event) => void act('setLocale', { locale: event.target.value })}
    >
      {LANGUAGES.map((language) => (
        <option key={language} value={language}>
          {frame.languages[language]}
        </option>
      ))}
    </select>
  );
}
