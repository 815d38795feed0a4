import { useMemo, useState } from 'react';
import { ask } from '../api/ask-demo';
import { clearTraffic } from '../store/change-state';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { mergeTraffic, SIDES, type Side } from './merge-traffic';
import { TrafficLine } from './traffic-line';

/** Every request of the bot to Slack and to Buka, and of Slack to the bot, with its answer. */
export function TrafficPanel() {
  const { traffic } = useWords().drawer;
  const slack = useStore((state) => state.traffic);
  const buka = useStore((state) => state.buka?.requests);
  const [since, setSince] = useState(0);
  const [side, setSide] = useState<Side>('all');
  const [filter, setFilter] = useState('');
  const entries = useMemo(() => mergeTraffic(slack, buka ?? [], side), [slack, buka, side]).filter(
    ({ at }) => at > since,
  );
  const shown = entries.filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()));
  const clear = async () => {
    setSince(Date.now());
    await ask('/playground/traffic', { method: 'DELETE' });
    clearTraffic();
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
        <select
          className="select compact"
          aria-label={traffic.whose}
          value={side}
          onChange={(event) => setSide(event.target.value as Side)}
        >
          {SIDES.map((one) => (
            <option key={one} value={one}>
              {traffic.sides[one]}
            </option>
          ))}
        </select>
        <button type="button" className="button" onClick={() => void clear()}>
          {traffic.clear}
        </button>
      </p>
      {shown.length === 0 && <p className="empty">{entries.length ? traffic.noMatch : traffic.empty}</p>}
      <ul className="traffic" aria-label={traffic.list}>
        {shown.map((entry) => (
          <TrafficLine key={`${entry.direction} ${entry.id}`} entry={entry} />
        ))}
      </ul>
    </>
  );
}
