import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Outcome } from '../api/post-act';
import type { ActBodies, SlackView } from '../api/wire';
import { OneBlock } from '../blocks/blocks';
import { BotMark } from '../frame/avatar';
import { refusedIn, useAct } from '../store/use-act';
import type { Words } from '../words/en-page';
import { useWords } from '../words/use-words';
import { Dialog } from './dialog';
import type { Draft } from './draft';
import { findBlanks } from './find-blanks';
import { InputBlock } from './input-block';

/** A list of choices is marked as a whole, but only its first choice can have the focus. */
const MARKED = 'fieldset[aria-invalid=true] input, [aria-invalid=true]:not(fieldset)';

type Entries = NonNullable<ActBodies['submit']['entries']>;

/** The view in front: its blocks, and its submit and close buttons where it has them. */
export function Modal({
  view,
  draft,
  onDraft,
}: {
  view: SlackView;
  draft: Draft;
  onDraft: (blockId: string, entry: Draft[string]) => void;
}) {
  const { modal, problems } = useWords();
  const act = useAct(() => null);
  const form = useRef<HTMLFormElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);

  const close = (all = false) => void act('close', { view: view.id, all });
  const show = (outcome: Outcome) => {
    setProblem(outcome.kind === 'problem' ? modal.problem : null);
    setErrors(errorsIn(outcome, problems));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const blanks = findBlanks(view, draft, modal.required);
    setErrors(blanks);
    if (Object.keys(blanks).length === 0) {
      setBusy(true);
      show(await act('submit', { view: view.id, entries: present(view, draft) as Entries }));
      setBusy(false);
    }
  };
  // Once the errors are drawn, the focus goes to the first field that has one.
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>(MARKED)?.focus();
  }, [errors]);
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
  };
  const closeText = view.close?.text ?? modal.close;
  return (
    <Dialog
      title={view.title?.text ?? ''}
      className="modal"
      onEscape={close}
      head={
        <>
          <BotMark />
          <button type="button" className="icon" aria-label={modal.closeAll} onClick={() => close(true)}>
            ×
          </button>
        </>
      }
    >
      <form ref={form} noValidate onSubmit={(event) => void submit(event)} onKeyDown={submitByKey}>
        <div className="dialog-body">
          {problem && (
            <p role="alert" className="problem">
              {problem}
            </p>
          )}
          {view.blocks.map((block, index) =>
            block.type === 'input' ? (
              <InputBlock
                key={block.block_id}
                view={view}
                block={block}
                draft={draft}
                error={errors[block.block_id ?? '']}
                onDraft={onDraft}
              />
            ) : (
              <OneBlock key={block.block_id ?? index} block={block} where={view.id} />
            ),
          )}
        </div>
        <footer>
          <button type="button" className="button" onClick={() => close()}>
            {closeText}
          </button>
          {view.submit && (
            <button type="submit" className="button primary" aria-disabled={isBusy} aria-busy={isBusy}>
              {isBusy ? modal.working : view.submit.text}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

function errorsIn(outcome: Outcome, problems: Words['problems']): Record<string, string> {
  if (outcome.kind === 'done') return outcome.errors;
  return outcome.kind === 'refused' && outcome.field
    ? { [outcome.field]: refusedIn(problems, outcome.code) }
    : {};
}

/** What was typed into the fields that this view still has. */
function present(view: SlackView, draft: Draft): Draft {
  const blockIds = view.blocks.map((block) => block.block_id);
  return Object.fromEntries(Object.entries(draft).filter(([blockId]) => blockIds.includes(blockId)));
}
