import { memo, useState } from 'react';
import { formatSecond } from '../blocks/format-date';
import { useClock } from '../blocks/use-clock';
import { useWords } from '../words/use-words';
import type { Exchange } from './merge-traffic';

/** One request and its answer. The bodies are shown when a person opens the line. */
export const TrafficLine = memo(function TrafficLine({ entry }: { entry: Exchange }) {
  const { traffic, faults } = useWords().drawer;
  const clock = useClock();
  const [isOpen, setOpen] = useState(false);
  const [arrow, way] = WAYS[entry.direction];
  const struck = entry.faults.map((name) => faults.switches.buka[name].title).join(', ');
  return (
    <li>
      <details className={entry.isBad ? 'bad' : ''} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span
            className={`way ${entry.direction}`}
            role="img"
            aria-label={traffic[way]}
            title={traffic[way]}
          >
            {arrow}
          </span>
          <span className="name">{entry.name}</span>
          {entry.status !== null && <span className="status">{entry.status}</span>}
          {entry.durationMs !== null && <span className="duration">{Math.round(entry.durationMs)} ms</span>}
          <time dateTime={new Date(entry.at).toISOString()}>{formatSecond(entry.at, clock)}</time>
        </summary>
        {isOpen && (
          <>
            {struck && (
              <p className="struck">
                {traffic.struck}: {struck}
              </p>
            )}
            <h4>{traffic.request}</h4>
            <pre>{inFull(entry.request)}</pre>
            <h4>{traffic.answer}</h4>
            <pre>{entry.response === null ? traffic.none : inFull(entry.response)}</pre>
          </>
        )}
      </details>
    </li>
  );
});

const WAYS = {
  to_slack: ['→', 'toSlack'],
  to_app: ['←', 'toApp'],
  to_buka: ['⇒', 'toBuka'],
} as const;

const MAX_CHARACTERS = 20_000;

function inFull(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)} …` : text;
}
