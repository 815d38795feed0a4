import { post } from '../api/ask';
import { FIRST_SAMPLE, sampleUrl } from '../api/samples';
import { calmAll, setBukaWeather } from '../api/set-weather';
import type { BukaWeatherName, BukaWeatherSetting } from '../api/wire';
import { openTab } from '../store/change-state';
import { useStore } from '../store/store';
import { useAct } from '../store/use-act';
import { useWords } from '../words/use-words';
import type { Step } from './steps';

/** What one can do in a step with one press. */
export function StepActs({ step }: { step: Step }) {
  switch (step) {
    case 'send':
      return (
        <>
          <OpenForm />
          <DownloadSample />
        </>
      );
    case 'review':
      return <OpenForm />;
    case 'watch':
      return <OpenTab tab="phones" />;
    case 'hang':
      return (
        <>
          <Strike weather="hang" />
          <OpenForm />
        </>
      );
    case 'kill':
      return (
        <>
          <Strike weather="slow" />
          <OpenForm />
          <KillBot />
        </>
      );
    case 'ledger':
      return (
        <>
          <OpenTab tab="ledger" />
          <CalmAll />
        </>
      );
  }
}

function OpenForm() {
  const { acts } = useWords().tour;
  const act = useAct();
  const route = useStore((state) => state.route);
  const first = useStore(({ page }) => page?.channels[0]?.id ?? '');
  const command = useStore(({ page }) => page?.commands[0] ?? '');
  const channel = route.kind === 'channel' ? route.channel : first;
  return (
    <button
      type="button"
      className="button"
      onClick={() => void act('command', { typed: `${command} send`, channel })}
    >
      {acts.open}
    </button>
  );
}

function DownloadSample() {
  const { acts } = useWords().tour;
  return (
    <a className="button" href={sampleUrl(FIRST_SAMPLE)} download={FIRST_SAMPLE}>
      {acts.download}
    </a>
  );
}

function OpenTab({ tab }: { tab: 'phones' | 'ledger' }) {
  const { acts } = useWords().tour;
  return (
    <button type="button" className="button" onClick={() => openTab(tab)}>
      {acts[tab]}
    </button>
  );
}

/** Switches bad weather on, and shows that it is. */
function Strike({ weather }: { weather: keyof typeof WEATHERS }) {
  const { acts } = useWords().tour;
  const { shown, settings } = WEATHERS[weather];
  const isOn = useStore(({ bukaWeather }) => bukaWeather?.on[shown] !== undefined);
  const switchOn = () => {
    openTab('weather');
    for (const [name, setting] of settings) void setBukaWeather(name, setting);
  };
  return (
    <button type="button" className="button" disabled={isOn} onClick={switchOn}>
      {isOn ? acts.weatherOn : acts[weather]}
    </button>
  );
}

const WEATHERS: Record<
  'hang' | 'slow',
  { shown: BukaWeatherName; settings: [BukaWeatherName, BukaWeatherSetting][] }
> = {
  hang: {
    shown: 'hangAfter',
    settings: [
      ['hangAfter', { times: 1 }],
      // The bot asks Buka at once what became of them, and reports are a proof too: with either in time it would know
      // before one has seen "unknown".
      ['htmlBefore', { times: 1, on: 'getSentRcd' }],
      ['reportsDelayed', {}],
    ],
  },
  // Ten thousand are gone in two seconds otherwise, which is no time to kill anything.
  slow: { shown: 'slow', settings: [['slow', {}]] },
};

function KillBot() {
  const { acts } = useWords().tour;
  const kill = () => {
    openTab('bot');
    void post('/demo/bot/kill');
  };
  return (
    <button type="button" className="button danger" onClick={kill}>
      {acts.kill}
    </button>
  );
}

function CalmAll() {
  const { acts } = useWords().tour;
  return (
    <button type="button" className="button" onClick={() => void calmAll()}>
      {acts.calm}
    </button>
  );
}
