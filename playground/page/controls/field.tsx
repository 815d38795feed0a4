import { ChoiceList } from './choice-list';
import { ConversationSelect } from './conversation-select';
import { DateTimeField } from './date-time-field';
import type { FieldProps } from './field-props';
import { FileField } from './file-field';
import { OptionSelect } from './option-select';
import { TextField } from './text-field';

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
      return <ConversationSelect {...props} />;
    case 'file_input':
      return <FileField {...props} />;
    default:
      return <code>{props.element.type}</code>;
  }
}
