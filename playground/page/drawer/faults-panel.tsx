import { type ReactNode, useState } from 'react';
import { clearFaults, setBukaFault, setSlackFault } from '../api/set-faults';
import type { BukaFaultName, SlackFaultName } from '../api/wire';
import { putLoaded } from '../store/change-state';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { FaultSwitch } from './fault-switch';

const GROUPS = ['connection', 'account', 'answer', 'reports'] as const;

/** All faults of Buka and of Slack, as switches. */
export function FaultsPanel() {
  const { faults } = useWords().drawer;
  const buka = useStore((state) => state.bukaFaults);
  const slack = useStore((state) => state.slackFaults);
  const [wanted, setWanted] = useState('');
  const fits = ({ title, description }: { title: string; description: string }) =>
    `${title} ${description}`.toLowerCase().includes(wanted.trim().toLowerCase());
  const bukaNames = (Object.keys(buka?.switches ?? {}) as BukaFaultName[]).filter((name) =>
    fits(faults.switches.buka[name]),
  );
  const slackNames = (Object.keys(slack?.table ?? {}) as SlackFaultName[]).filter((name) =>
    fits(faults.switches.slack[name]),
  );
  const count = Object.keys(buka?.on ?? {}).length + Object.keys(slack?.on ?? {}).length;
  return (
    <>
      <p className="about">{faults.about}</p>
      <p className="panel-tools">
        <span role="status">{count === 0 ? faults.allOff : faults.some(count)}</span>
        <button type="button" className="button" disabled={count === 0} onClick={() => void clearFaults()}>
          {faults.clear}
        </button>
      </p>
      <p className="panel-tools">
        <input
          className="text-field"
          type="search"
          aria-label={faults.find}
          placeholder={faults.find}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      </p>
      {bukaNames.length + slackNames.length === 0 && <p className="empty">{faults.noMatch}</p>}
      {GROUPS.map((group) => (
        <Group key={group} title={faults.groups[group]}>
          {bukaNames
            .filter((name) => buka?.switches[name].group === group)
            .map((name) => (
              <FaultSwitch
                key={name}
                {...faults.switches.buka[name]}
                setting={buka?.on[name]}
                choices={BUKA_CHOICES}
                onSet={async (setting) => {
                  const answer = await setBukaFault(name, setting);
                  if (buka && answer.kind === 'answered')
                    putLoaded({ bukaFaults: { ...buka, ...answer.body } });
                }}
              />
            ))}
        </Group>
      ))}
      <Group title={faults.slack}>
        {slackNames.map((name) => (
          <FaultSwitch
            key={name}
            {...faults.switches.slack[name]}
            setting={slack?.on[name]}
            choices={SLACK_CHOICES}
            onSet={async (setting) => {
              const answer = await setSlackFault(name, setting);
              if (answer.kind === 'answered') putLoaded({ slackFaults: answer.body });
            }}
          />
        ))}
      </Group>
    </>
  );
}

/** Draws nothing where none of its switches is shown. */
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
