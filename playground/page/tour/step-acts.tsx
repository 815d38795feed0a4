import { post } from '../api/ask-demo';
import { FIRST_SAMPLE, sampleUrl } from '../api/samples';
import { clearFaults, setBukaFault } from '../api/set-faults';
import type { BukaFaultName, BukaFaultSetting } from '../api/wire';
import { openTab } from '../store/change-state';
import { useAct } from '../store/use-act';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import type { Step } from './steps';

/** The buttons of a step. */
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
          <SwitchOn fault="hang" />
          <OpenForm />
        </>
      );
    case 'kill':
      return (
        <>
          <SwitchOn fault="slow" />
          <OpenForm />
          <KillBot />
        </>
      );
    case 'ledger':
      return (
        <>
          <OpenTab tab="ledger" />
          <ClearFaults />
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

/** Switches the faults of a step on, and shows that they are. */
function SwitchOn({ fault }: { fault: keyof typeof FAULTS }) {
  const { acts } = useWords().tour;
  const { shown, settings } = FAULTS[fault];
  const isOn = useStore(({ bukaFaults }) => bukaFaults?.on[shown] !== undefined);
  const switchOn = () => {
    openTab('faults');
    for (const [name, setting] of settings) void setBukaFault(name, setting);
  };
  return (
    <button type="button" className="button" disabled={isOn} onClick={switchOn}>
      {isOn ? acts.faultOn : acts[fault]}
    </button>
  );
}

const FAULTS: Record<
  'hang' | 'slow',
  { shown: BukaFaultName; settings: [BukaFaultName, BukaFaultSetting][] }
> = {
  hang: {
    shown: 'hangAfter',
    settings: [
      ['hangAfter', { times: 1 }],
      // The bot asks Buka at once, and delivery reports are a proof too: with either it would know the outcome before
      // the person has seen "unknown".
      ['htmlBefore', { times: 1, on: 'getSentRcd' }],
      ['reportsDelayed', {}],
    ],
  },
  // Otherwise ten thousand are sent in two seconds, too fast to kill the bot in the middle.
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

function ClearFaults() {
  const { acts } = useWords().tour;
  return (
    <button type="button" className="button" onClick={() => void clearFaults()}>
      {acts.clear}
    </button>
  );
}
