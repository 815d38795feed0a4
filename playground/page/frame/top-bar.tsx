import { prefer } from '../store/change-state';
import { THEMES } from '../store/preferences';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { LanguageSwitch } from './language-switch';
import { LedgerBadge } from './ledger-badge';
import { PersonSwitch } from './person-switch';

/** Person, language and colours; and the ledger, which is always visible. */
export function TopBar() {
  const { frame } = useWords();
  const preferences = useStore((state) => state.preferences);
  return (
    <header className="top-bar">
      <h1 title={frame.about}>
        <img src="./icon.svg" alt="" />
        <span>{frame.brand}</span>
      </h1>
      <LedgerBadge />
      <PersonSwitch />
      <LanguageSwitch />
      <select
        className="select compact"
        aria-label={frame.theme}
        title={frame.theme}
        value={preferences.theme}
        onChange={(event) => prefer({ theme: event.target.value as (typeof THEMES)[number] })}
      >
        {THEMES.map((choice) => (
          <option key={choice} value={choice}>
            {frame.themes[choice]}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button"
        aria-pressed={preferences.tour}
        onClick={() => prefer({ tour: !preferences.tour })}
      >
        {frame.tour}
      </button>
      <button
        type="button"
        className="button"
        aria-pressed={preferences.drawer}
        onClick={() => prefer({ drawer: !preferences.drawer })}
      >
        {frame.drawer}
      </button>
    </header>
  );
}
