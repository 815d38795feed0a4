import { memo, useState } from 'react';
import type { TrafficEntry } from '../api/wire';
import { formatSecond } from '../blocks/format-date';
import { useClock } from '../blocks/use-clock';
import { useWords } from '../words/use-words';

/** One exchange; opened, it shows what was asked and what was answered. */
export const TrafficLine = memo(function TrafficLine({ entry }: { entry: TrafficEntry }) {
  const { traffic } = useWords().drawer;
  const clock = useClock();
  const [isOpen, setOpen] = useState(false);
  const isBad = (entry.status ?? 200) >= 400 || (entry.response as { ok?: boolean } | null)?.ok === false;
  const isToSlack = entry.direction === 'to_slack';
  return (
    <li>
      <details className={isBad ? 'bad' : ''} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <span
            className={`way ${entry.direction}`}
            role="img"
            aria-label={isToSlack ? traffic.toSlack : traffic.toApp}
          >
            {isToSlack ? '→' : '←'}
          </span>
          <span className="name">{entry.name}</span>
          {entry.status !== null && <span className="status">{entry.status}</span>}
          <span className="duration">{Math.round(entry.durationMs)} ms</span>
          <time dateTime={new Date(entry.at).toISOString()}>{formatSecond(entry.at, clock)}</time>
        </summary>
        {isOpen && (
          <>
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

const MAX_CHARACTERS = 20_000;

function inFull(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)} …` : text;
}
