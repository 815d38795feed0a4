import { useId } from 'react';
import { groupsOf, textOf } from './element';
import type { FieldProps } from './field-props';

/** Options side by side: one of them (radio buttons) or any number. */
export function ChoiceList({ element, label, entry, onEntry, describedBy, isInvalid }: FieldProps) {
  const name = useId();
  const isSingle = element.type === 'radio_buttons';
  const chosen = isSingle ? [String(entry ?? '')] : ((entry ?? []) as string[]);
  const choose = (value: string, isOn: boolean) => {
    if (isSingle) onEntry(value);
    else onEntry(isOn ? [...chosen, value] : chosen.filter((one) => one !== value));
  };
  return (
    <fieldset className="choices" aria-label={label} aria-describedby={describedBy} aria-invalid={isInvalid}>
      {groupsOf(element)
        .flatMap(({ options }) => options)
        .map(({ text, value, description }) => (
          <label key={value}>
            <input
              type={isSingle ? 'radio' : 'checkbox'}
              name={name}
              checked={chosen.includes(value)}
              onChange={(event) => choose(value, event.target.checked)}
            />
            <span>
              {text.text}
              {description && <small>{textOf(description)}</small>}
            </span>
          </label>
        ))}
    </fieldset>
  );
}
