import { useId } from 'react';
import type { SlackBlock, SlackView } from '../api/wire';
import type { ControlElement, Entry } from '../controls/element';
import { Field } from '../controls/field';
import { useAct } from '../store/use-act';
import { useWords } from '../words/use-words';
import type { Draft } from './draft';
import { entryIn } from './find-blanks';

/** A labelled field with its hint and its error. With `dispatch_action` each change is sent to the bot. */
export function InputBlock({
  view,
  block,
  draft,
  error,
  onDraft,
}: {
  view: SlackView;
  block: Extract<SlackBlock, { type: 'input' }>;
  draft: Draft;
  error: string | undefined;
  onDraft: (blockId: string, entry: Entry) => void;
}) {
  const { modal } = useWords();
  const act = useAct();
  const id = useId();
  const blockId = block.block_id ?? '';
  const element = block.element as ControlElement;
  const enter = (entry: Entry) => {
    onDraft(blockId, entry);
    // Text is not sent with each letter: Slack waits for Enter, and the bot gets it with the submission.
    const isText = element.type.endsWith('_input');
    if (!block.dispatch_action || isText) return;
    void act('enter', { where: view.id, what: blockId, entry: entry as string });
  };
  return (
    <div className="input-block">
      <label htmlFor={id}>
        {block.label.text}
        {block.optional && <small> ({modal.optional})</small>}
      </label>
      <Field
        id={id}
        element={element}
        label={block.label.text}
        entry={entryIn(view, draft, blockId, element)}
        onEntry={enter}
        describedBy={`${id}-error ${id}-hint`}
        isInvalid={error !== undefined}
        isRequired={!block.optional}
      />
      <p id={`${id}-error`} className="field-error" aria-live="polite">
        {error}
      </p>
      {block.hint && (
        <p id={`${id}-hint`} className="hint">
          {block.hint.text}
        </p>
      )}
    </div>
  );
}
