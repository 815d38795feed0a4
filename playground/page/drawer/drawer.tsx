import { type ComponentType, type KeyboardEvent, useId } from 'react';
import { DRAWER_TABS, type DrawerTab } from '../store/app-state';
import { openTab } from '../store/change-state';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { BalancePanel } from './balance-panel';
import { BotPanel } from './bot-panel';
import { FaultsPanel } from './faults-panel';
import { LedgerPanel } from './ledger-panel';
import { PhonesPanel } from './phones-panel';
import { TrafficPanel } from './traffic-panel';

const PANELS: Record<DrawerTab, ComponentType> = {
  traffic: TrafficPanel,
  faults: FaultsPanel,
  phones: PhonesPanel,
  ledger: LedgerPanel,
  bot: BotPanel,
  balance: BalancePanel,
};

/** What nobody sees in Slack: the traffic, the faults, the phones. */
export function Drawer() {
  const { drawer } = useWords();
  const tab = useStore((state) => state.tab);
  const id = useId();
  const Panel = PANELS[tab];
  return (
    <aside className="drawer" aria-label={drawer.label}>
      <div
        className="tabs"
        role="tablist"
        aria-label={drawer.label}
        onKeyDown={(event) => moveBetweenTabs(event, tab)}
      >
        {DRAWER_TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            aria-selected={name === tab}
            aria-controls={`${id}-panel`}
            tabIndex={name === tab ? 0 : -1}
            onClick={() => openTab(name)}
          >
            {drawer.tabs[name]}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`}>
        <Panel />
      </div>
    </aside>
  );
}

function moveBetweenTabs(event: KeyboardEvent<HTMLElement>, tab: DrawerTab) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const index = (DRAWER_TABS.indexOf(tab) + step + DRAWER_TABS.length) % DRAWER_TABS.length;
  const next = DRAWER_TABS[index];
  if (next) openTab(next);
  event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[index]?.focus();
}
