import { useEffect } from 'react';
import { Blocks } from '../blocks/blocks';
import { BotMark } from '../frame/avatar';
import { useAct } from '../store/use-act';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';

/** The App Home of the bot. The bot publishes it each time it is opened. */
export function AppHome() {
  const { home: words } = useWords();
  const act = useAct();
  const userId = useStore((state) => state.userId);
  const locale = useStore(({ page }) => page?.me.locale);
  const botName = useStore(({ page }) => page?.bot.name);
  const home = useStore(({ page }) => page?.home);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once when it opens, and for each change of person or language.
  useEffect(() => void act('openHome', {}), [userId, locale]);
  return (
    <section className="conversation" aria-label={words.title(botName ?? '')}>
      <header className="pane-head">
        <BotMark />
        <h2>{words.title(botName ?? '')}</h2>
      </header>
      <div className="home-blocks">
        {home ? <Blocks blocks={home.blocks} where="home" /> : <p role="status">{words.loading}</p>}
      </div>
    </section>
  );
}
