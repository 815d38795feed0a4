import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';

/** Says when the demo or the bot does not run. */
export function Banner() {
  const { frame } = useWords();
  const link = useStore((state) => state.link);
  const bot = useStore(({ demo }) => demo?.bot.state ?? 'running');
  if (link === 'lost') {
    return (
      <p role="alert" className="banner bad">
        {frame.lost}
      </p>
    );
  }
  if (bot === 'running') return null;
  return (
    <p role="status" className="banner">
      {frame.botAway(frame.botStates[bot])}
    </p>
  );
}
