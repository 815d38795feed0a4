import { calmAll, setBukaWeather, setSlackWeather } from '../api/set-weather';
import type { BukaWeatherEntry, BukaWeatherName, SlackWeatherName } from '../api/wire';
import { useStore } from '../store/store';
import { useWords } from '../words/use-words';
import { WeatherSwitch } from './weather-switch';

const GROUPS = ['connection', 'account', 'answer', 'reports'] as const;

/** Everything that may go wrong, as switches. */
export function WeatherPanel() {
  const { weather } = useWords().drawer;
  const buka = useStore((state) => state.bukaWeather);
  const slack = useStore((state) => state.slackWeather);
  const entries = Object.entries(buka?.switches ?? {}) as [BukaWeatherName, BukaWeatherEntry][];
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
      {GROUPS.map((group) => (
        <section key={group} aria-label={weather.groups[group]}>
          <h3>{weather.groups[group]}</h3>
          {entries
            .filter(([, entry]) => entry.group === group)
            .map(([name, { title, description }]) => (
              <WeatherSwitch
                key={name}
                title={title}
                description={description}
                setting={buka?.on[name]}
                choices={BUKA_CHOICES}
                onSet={(setting) => void setBukaWeather(name, setting)}
              />
            ))}
        </section>
      ))}
      <section aria-label={weather.slack}>
        <h3>{weather.slack}</h3>
        {(Object.entries(slack?.table ?? {}) as [SlackWeatherName, string][]).map(([name, description]) => (
          <WeatherSwitch
            key={name}
            title={spelledOut(name)}
            description={description}
            setting={slack?.on[name]}
            choices={SLACK_CHOICES}
            onSet={(setting) => void setSlackWeather(name, setting)}
          />
        ))}
      </section>
    </>
  );
}

const SLACK_CHOICES = ['usual', 'once', 'thrice'] as const;
const BUKA_CHOICES = [...SLACK_CHOICES, 'second', 'half'] as const;

/** `postRateLimited` as `Post rate limited`: the local Slack gives its switches no titles. */
function spelledOut(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
