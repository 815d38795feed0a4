import { post } from '../api/ask-demo';
import type { DemoState } from '../api/wire';
import { putLoaded, showNotice } from '../store/change-state';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { Figure } from './figure';
import { readLogLine } from './log-line';

/** The state and the log of the bot's process, with buttons to kill, stop and start it. */
export function BotPanel() {
  const { drawer, frame } = useWords();
  const words = drawer.bot;
  const demo = useStore((state) => state.demo);
  if (!demo) return <p className="empty">{words.none}</p>;
  const { state, pid, restarts, lastEnd } = demo.bot;
  const order = async (what: 'kill' | 'stop' | 'start') => {
    const answer = await post<DemoState>(`/demo/bot/${what}`);
    if (answer.kind === 'answered') putLoaded({ demo: answer.body });
    else showNotice(words.failed);
  };
  return (
    <>
      <p className="about">{words.about}</p>
      <dl className="facts">
        <Figure label={words.state} value={frame.botStates[state]} />
        <Figure label={words.mode} value={words.modes[demo.mode]} />
        <Figure label={words.pid} value={pid === null ? '–' : String(pid)} />
        <Figure label={words.restarts} value={String(restarts)} />
        {lastEnd && <Figure label={words.lastEnd} value={words.end(lastEnd.signal, lastEnd.code)} />}
      </dl>
      <p className="panel-tools together">
        <button
          type="button"
          className="button danger"
          disabled={pid === null}
          onClick={() => void order('kill')}
        >
          {words.kill}
        </button>
        <button
          type="button"
          className="button"
          disabled={state === 'stopped'}
          onClick={() => void order('stop')}
        >
          {words.stop}
        </button>
        <button
          type="button"
          className="button"
          disabled={state !== 'stopped'}
          onClick={() => void order('start')}
        >
          {words.start}
        </button>
      </p>
      <h3>{words.log}</h3>
      {demo.log.length === 0 && <p className="empty">{words.empty}</p>}
      <ol className="log" role="log" aria-label={words.log}>
        {[...demo.log].reverse().map((line, index) => {
          const { text, isBad } = readLogLine(line);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has no id but its index.
            <li key={demo.log.length - index} className={isBad ? 'bad' : undefined}>
              {text}
            </li>
          );
        })}
      </ol>
    </>
  );
}
