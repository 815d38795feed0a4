import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useAct } from '../store/use-act';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import type { Channel } from './channel';
import { completionsOf, toMrkdwn } from './commands';

/** The field for messages and commands. Enter sends; Tab or the arrow keys complete a command. */
export function Composer({ channel, name }: { channel: Channel; name: string }) {
  const { conversation } = useWords();
  const page = useStore((state) => state.page);
  const [text, setText] = useState('');
  const send = useSend(channel.id, text.trim());
  const [chosen, setChosen] = useState(-1);
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const completions = completionsOf(text, page?.commands ?? [], page?.bot.name ?? '', conversation.hints);

  useEffect(() => field.current?.focus(), []);
  const write = (typed: string) => {
    setText(typed);
    setChosen(-1);
  };
  const complete = (index: number) => {
    const completion = completions[index];
    if (completion) write(completion.text);
    field.current?.focus();
  };
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (!text.trim() || isBusy) return;
    setBusy(true);
    const outcome = await send();
    setBusy(false);
    if (outcome.kind === 'done') write('');
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && completions.length > 0) {
      event.preventDefault();
      setChosen((chosen + step + completions.length) % completions.length);
    } else if (event.key === 'Tab' && !event.shiftKey && completions.length > 0) {
      event.preventDefault();
      complete(Math.max(chosen, 0));
    } else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (chosen >= 0) complete(chosen);
      else void submit();
    }
  };
  if (channel.is_archived) return <p className="composer archived">{conversation.archived}</p>;
  return (
    <form className="composer" aria-busy={isBusy} onSubmit={(event) => void submit(event)}>
      {completions.length > 0 && (
        <div className="completions" role="listbox" id={listId} aria-label={conversation.completions}>
          {completions.map((completion, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the composer keeps the focus and names the option.
            // biome-ignore lint/a11y/useKeyWithClickEvents: the composer handles the keys.
            <div
              key={completion.text}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === chosen}
              onClick={() => complete(index)}
            >
              <code>{completion.text}</code>
              <small>{completion.hint}</small>
            </div>
          ))}
        </div>
      )}
      <textarea
        ref={field}
        rows={1}
        aria-label={conversation.composer(name)}
        placeholder={conversation.composer(name)}
        aria-autocomplete="list"
        aria-controls={completions.length > 0 ? listId : undefined}
        aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKey}
      />
      <button
        type="submit"
        className="icon send"
        aria-label={conversation.send}
        disabled={!text.trim() || isBusy}
      >
        ➤
      </button>
    </form>
  );
}

/** Sends a line as a command of the bot, an invitation, or a message. */
function useSend(channel: string, line: string) {
  const { problems } = useWords();
  const act = useAct((code) => problems.command(line.split(' ')[0] ?? line, code));
  const people = useStore(({ page }) => page?.people);
  return () => {
    if (line.startsWith('/invite')) return act('invite', { channel });
    if (line.startsWith('/')) return act('command', { typed: line, channel });
    return act('say', { channel, text: toMrkdwn(line, people ?? []) });
  };
}
