import { useId } from 'react';
import { useWords } from '../words/use-words';
import { FREQUENCIES, type Frequency, frequencyOf, type SentSetting, type Setting } from './frequency';

/** One fault: on or off, and how often it strikes. */
export function FaultSwitch({
  title,
  description,
  setting,
  choices,
  onSet,
}: {
  title: string;
  description: string;
  /** Undefined: off. */
  setting: (SentSetting & { struck?: number }) | undefined;
  choices: readonly Frequency[];
  /** Null: switch it off. */
  onSet: (setting: Setting | null) => Promise<void>;
}) {
  const { faults } = useWords().drawer;
  const id = useId();
  return (
    <div className={setting ? 'fault-switch on' : 'fault-switch'}>
      <input
        type="checkbox"
        role="switch"
        id={id}
        aria-label={title}
        aria-describedby={`${id}-description`}
        checked={setting !== undefined}
        aria-checked={setting !== undefined}
        onChange={(event) => void onSet(event.target.checked ? {} : null)}
      />
      <label htmlFor={id}>
        <strong>{title}</strong>
        <small id={`${id}-description`}>{description}</small>
      </label>
      {setting && (
        <p>
          <select
            className="select compact"
            aria-label={faults.often(title)}
            value={frequencyOf(setting)}
            onChange={(event) => void onSet(FREQUENCIES[event.target.value as Frequency])}
          >
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {faults[choice]}
              </option>
            ))}
          </select>
          {setting.struck !== undefined && <small>{faults.struck(setting.struck)}</small>}
        </p>
      )}
    </div>
  );
}
