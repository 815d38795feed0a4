import { useStore } from '../store/use-store';
import { ariaOf, type FieldProps } from './field-props';
import { secondsOf, wallClockOf } from './wall-clock';

const KINDS: Record<string, string> = {
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
};

/** A day, a time, or a moment on the person's own clock, which may differ from the browser's. */
export function DateTimeField(props: FieldProps) {
  const timeZone = useStore(({ page }) => page?.me.tz ?? 'UTC');
  const { element, entry, onEntry } = props;
  const isMoment = element.type === 'datetimepicker';
  const shown = isMoment && typeof entry === 'number' ? wallClockOf(entry, timeZone) : String(entry ?? '');
  return (
    <input
      {...ariaOf(props)}
      className="text-field"
      type={KINDS[element.type]}
      value={shown}
      onChange={({ target: { value } }) => {
        if (!value) onEntry(null);
        else onEntry(isMoment ? secondsOf(value, timeZone) : value);
      }}
    />
  );
}
