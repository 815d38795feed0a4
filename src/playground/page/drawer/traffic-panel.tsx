import { useState } from 'react';
import { ask } from '../api/ask';
import { dispatch, useStore } from '../store/store';
import { useWords } from '../words/use-words';
import { TrafficLine } from './traffic-line';

/** Every request between Slack and the bot, with its answer. */
export function TrafficPanel() {
  const { traffic } = useWords().drawer;
  const entries = useStore((state) => state.traffic);
  const [filter, setFilter] = useState('');
  const shown = entries.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  const clear = async () => {
    await ask('/playground/traffic', { method: 'DELETE' });
    dispatch({ type: 'traffic_cleared' });
  };
  return (
    <>
      <p className="about">{traffic.about}</p>
      <p className="panel-tools">
        <input
          className="text-field"
          type="search"
          aria-label={traffic.filter}
          placeholder={traffic.filter}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <button type="button" className="button" onClick={() => void clear()}>
          {traffic.clear}
        </button>
      </p>
      {shown.length === 0 && <p className="empty">{traffic.empty}</p>}
      <ul className="traffic" aria-label={traffic.list}>
        {shown.map((entry) => (
          <TrafficLine key={entry.id} entry={entry} />
        ))}
      </ul>
    </>
  );
}
