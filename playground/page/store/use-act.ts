import { act, type Outcome } from '../api/post-act';
import type { ActBodies } from '../api/wire';
import type { Words } from '../words/en-page';
import { useWords } from '../words/use-words';
import { clearNotice, showNotice } from './change-state';
import { useStore } from './use-store';

type DoAct = <A extends keyof ActBodies>(name: A, body: ActBodies[A]) => Promise<Outcome>;

/**
 * Acts as the current person. A failure is shown as a notice. `explain` gives the text where the app did not answer
 * as it should, or null where the caller shows it elsewhere.
 */
export function useAct(explain?: (code: string) => string | null): DoAct {
  const { problems } = useWords();
  return async (name, body) => {
    const outcome = await act(useStore.getState().userId, name, body);
    const text = {
      done: null,
      refused:
        outcome.kind === 'refused' && outcome.field === null ? refusedIn(problems, outcome.code) : null,
      problem: outcome.kind === 'problem' ? (explain ?? problems.action)(outcome.code) : null,
      unreachable: problems.unreachable,
    }[outcome.kind];
    // A success clears the notice of an earlier failure. Marking a channel as read is no act of the person.
    if (text) showNotice(text);
    else if (name !== 'read') clearNotice();
    return outcome;
  };
}

/** Why the client refused, in the words of the page. */
export function refusedIn(problems: Words['problems'], code: string): string {
  return problems.refused[code as keyof Words['problems']['refused']] ?? problems.notPossible;
}
