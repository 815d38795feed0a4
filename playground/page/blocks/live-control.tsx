import { useState } from 'react';
import { type ControlElement, type Entry, initialEntry, textOf } from '../controls/element';
import { Field } from '../controls/field';
import { type Confirmation, ConfirmDialog } from '../modal/confirm-dialog';
import { useAct } from '../store/use-act';

/**
 * A control of which each use is sent to the bot at once: a button, or for example a select outside of input blocks.
 * Shows the element's confirm dialog first where it has one.
 */
export function LiveControl({
  element,
  what,
  where,
}: {
  element: ControlElement;
  what: string;
  where: string;
}) {
  const act = useAct();
  const [isBusy, setBusy] = useState(false);
  const [asked, setAsked] = useState<{ entry: Entry } | null>(null);
  const confirm = element.confirm as Confirmation | undefined;
  const isButton = element.type === 'button';

  const send = async (entry: Entry) => {
    setAsked(null);
    setBusy(true);
    const options = confirm ? { options: { confirm: true } } : {};
    await (isButton
      ? act('click', { where, what, ...options })
      : act('enter', { where, what, entry: entry as string, ...options }));
    setBusy(false);
  };
  const ask = (entry: Entry) => (confirm ? setAsked({ entry }) : void send(entry));

  return (
    <>
      {isButton ? (
        <button
          type="button"
          className={`button ${String(element.style ?? '')}`}
          aria-label={element.accessibility_label as string | undefined}
          aria-busy={isBusy}
          aria-disabled={isBusy}
          onClick={() => isBusy || ask(null)}
        >
          {textOf(element.text)}
        </button>
      ) : (
        <Field
          element={element}
          label={textOf(element.placeholder) || element.action_id}
          entry={initialEntry(element)}
          onEntry={ask}
        />
      )}
      {asked && confirm && (
        <ConfirmDialog
          confirmation={confirm}
          onYes={() => void send(asked.entry)}
          onNo={() => setAsked(null)}
        />
      )}
    </>
  );
}
