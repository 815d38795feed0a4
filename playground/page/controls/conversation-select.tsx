import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { textOf } from './element';
import { ariaOf, type FieldProps } from './field-props';

interface Filter {
  include?: ('im' | 'mpim' | 'private' | 'public')[];
  exclude_bot_users?: boolean;
}

/** Chooses a person or a conversation, among those that the current person sees. */
export function ConversationSelect(props: FieldProps) {
  const { modal } = useWords();
  const page = useStore((state) => state.page);
  const { element, entry, onEntry } = props;
  const filter = (element.filter ?? {}) as Filter;
  const people = (page?.people ?? []).map(({ id, real_name }) => ({ id, name: `@${real_name}` }));
  const channels = (page?.channels ?? [])
    .filter((channel) => !channel.is_archived && isIncluded(channel, filter))
    .map(({ id, name, is_im }) => ({ id, name: is_im ? (page?.bot.name ?? '') : `#${name}` }));
  const options = element.type === 'users_select' ? people : channels;
  return (
    <select
      {...ariaOf(props)}
      className="select"
      value={String(entry ?? '')}
      onChange={(event) => onEntry(event.target.value || null)}
    >
      <option value="">{textOf(element.placeholder) || modal.choose}</option>
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Every direct conversation of the playground is one with the bot. */
function isIncluded(channel: { is_im: boolean; is_private: boolean }, filter: Filter): boolean {
  if (channel.is_im && filter.exclude_bot_users) return false;
  const kind = channel.is_im ? 'im' : channel.is_private ? 'private' : 'public';
  return !filter.include || filter.include.includes(kind);
}
