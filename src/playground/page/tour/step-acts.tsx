import { post } from '../api/ask';
import { FIRST_SAMPLE, sampleUrl } from '../api/samples';
import { calmAll, setBukaWeather } from '../api/set-weather';
import { dispatch, useStore } from '../store/store';
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
          <HangSwitch />
          <OpenForm />
        </>
      );
    case 'kill':
      return (
        <>
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
  const place = useStore((state) => state.place);
  const first = useStore(({ page }) => page?.channels[0]?.id ?? '');
  const command = useStore(({ page }) => page?.commands[0] ?? '');
  const channel = place.kind === 'channel' ? place.channel : first;
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
    <button type="button" className="button" onClick={() => dispatch({ type: 'tab', tab })}>
      {acts[tab]}
    </button>
  );
}

function HangSwitch() {
  const { acts } = useWords().tour;
  const isOn = useStore(({ bukaWeather }) => bukaWeather?.on.hangAfter !== undefined);
  const switchOn = () => {
    dispatch({ type: 'tab', tab: 'weather' });
    void setBukaWeather('hangAfter', { times: 1 });
    // The bot asks Buka at once what became of them, and reports are a proof too: with either in time it would know
    // before one has seen "unknown".
    void setBukaWeather('htmlBefore', { times: 1, on: 'getSentRcd' });
    void setBukaWeather('reportsDelayed', {});
  };
  return (
    <button type="button" className="button" disabled={isOn} onClick={switchOn}>
      {isOn ? acts.weatherOn : acts.weather}
    </button>
  );
}

function KillBot() {
  const { acts } = useWords().tour;
  const kill = () => {
    dispatch({ type: 'tab', tab: 'bot' });
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
