import { ChoiceList } from './choice-list';
import { DateTimeField } from './date-time-field';
import type { ControlElement, Entry } from './element';
import { FileField } from './file-field';
import { OptionSelect } from './option-select';
import { PickPlace } from './pick-place';
import { TextField } from './text-field';

export interface FieldProps {
  element: ControlElement;
  /** The accessible name. */
  label: string;
  id?: string;
  entry: Entry;
  onEntry: (entry: Entry) => void;
  /** Ids of the hint and the error. */
  describedBy?: string | undefined;
  isInvalid?: boolean;
  isRequired?: boolean;
}

/** The native control for an element that takes an entry. */
export function Field(props: FieldProps) {
  switch (props.element.type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextField {...props} />;
    case 'static_select':
    case 'overflow':
      return <OptionSelect {...props} />;
    case 'checkboxes':
    case 'radio_buttons':
    case 'multi_static_select':
      return <ChoiceList {...props} />;
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <DateTimeField {...props} />;
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
      return <PickPlace {...props} />;
    case 'file_input':
      return <FileField {...props} />;
    default:
      return <code>{props.element.type}</code>;
  }
}

/** What every native control of a field carries for those who do not see it. */
export function ariaOf({ id, label, describedBy, isInvalid, isRequired }: FieldProps) {
  return {
    id,
    'aria-label': label,
    'aria-describedby': describedBy,
    'aria-invalid': isInvalid || undefined,
    'aria-required': isRequired || undefined,
  };
}
