import { type ReactNode, useState } from 'react';
import { calmAll, setBukaWeather, setSlackWeather } from '../api/set-weather';
import type { BukaWeatherName, SlackWeatherName } from '../api/wire';
import { putLoaded } from '../store/change-state';
import { useStore } from '../store/store';
import { useWords } from '../words/use-words';
import { WeatherSwitch } from './weather-switch';

const GROUPS = ['connection', 'account', 'answer', 'reports'] as const;

/** Everything that may go wrong, as switches. */
export function WeatherPanel() {
  const { weather } = useWords().drawer;
  const buka = useStore((state) => state.bukaWeather);
  const slack = useStore((state) => state.slackWeather);
  const [wanted, setWanted] = useState('');
  const fits = ({ title, description }: { title: string; description: string }) =>
    `${title} ${description}`.toLowerCase().includes(wanted.trim().toLowerCase());
  const bukaNames = (Object.keys(buka?.switches ?? {}) as BukaWeatherName[]).filter((name) =>
    fits(weather.switches.buka[name]),
  );
  const slackNames = (Object.keys(slack?.table ?? {}) as SlackWeatherName[]).filter((name) =>
    fits(weather.switches.slack[name]),
  );
  const count = Object.keys(buka?.on ?? {}).length + Object.keys(slack?.on ?? {}).length;
  return (
    <>
      <p className="about">{weather.about}</p>
      <p className="panel-tools">
        <span role="status">{count === 0 ? weather.isCalm : weather.some(count)}</span>
        <button type="button" className="button" disabled={count === 0} onClick={() => void calmAll()}>
          {weather.calm}
        </button>
      </p>
      <p className="panel-tools">
        <input
          className="text-field"
          type="search"
          aria-label={weather.find}
          placeholder={weather.find}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </p>
      {bukaNames.length + slackNames.length === 0 && <p className="empty">{weather.noMatch}</p>}
      {GROUPS.map((group) => (
        <Group key={group} title={weather.groups[group]}>
          {bukaNames
            .filter((name) => buka?.switches[name].group === group)
            .map((name) => (
              <WeatherSwitch
                key={name}
                {...weather.switches.buka[name]}
                setting={buka?.on[name]}
                choices={BUKA_CHOICES}
                onSet={async (setting) => {
                  const answer = await setBukaWeather(name, setting);
                  if (buka && answer.kind === 'answered')
                    putLoaded({ bukaWeather: { ...buka, ...answer.body } });
                }}
              />
            ))}
        </Group>
      ))}
      <Group title={weather.slack}>
        {slackNames.map((name) => (
          <WeatherSwitch
            key={name}
            {...weather.switches.slack[name]}
            setting={slack?.on[name]}
            choices={SLACK_CHOICES}
            onSet={async (setting) => {
              const answer = await setSlackWeather(name, setting);
              if (answer.kind === 'answered') putLoaded({ slackWeather: answer.body });
            }}
          />
        ))}
      </Group>
    </>
  );
}

/** Nothing where none of its switches is to be shown. */
function Group({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

const SLACK_CHOICES = ['usual', 'once', 'thrice'] as const;
const BUKA_CHOICES = [...SLACK_CHOICES, 'second', 'half'] as const;
