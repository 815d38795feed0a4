import { useWords } from '../words/use-words';
import { groupsOf, type Option, textOf } from './element';
import { ariaOf, type FieldProps } from './field-props';

/** One of several options. In the native select, typing finds an option, even among two hundred countries. */
export function OptionSelect(props: FieldProps) {
  const { modal } = useWords();
  const { element, entry, onEntry } = props;
  return (
    <select
      {...ariaOf(props)}
      className="select"
      value={String(entry ?? '')}
      onChange={(event) => onEntry(event.target.value || null)}
    >
      <option value="">{textOf(element.placeholder) || modal.choose}</option>
      {groupsOf(element).map(({ label, options }) =>
        label ? (
          <optgroup key={label.text} label={label.text}>
            {options.map(asOption)}
          </optgroup>
        ) : (
          options.map(asOption)
        ),
      )}
    </select>
  );
}

function asOption({ text, value }: Option) {
  return (
    <option key={value} value={value}>
      {text.text}
    </option>
  );
}
