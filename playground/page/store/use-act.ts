import { act, type Outcome } from '../api/post-act';
import type { ActBodies } from '../api/wire';
import type { Words } from '../words/en-page';
import { useWords } from '../words/use-words';
import { clearNotice, showNotice } from './change-state';
import { useStore } from './use-store';

export type DoAct = <A extends keyof ActBodies>(name: A, body: ActBodies[A]) => Promise<Outcome>;

/**
 * Acts as the person in front. What went wrong is said in the client's own line; `explain` puts an app that did not
 * answer as it should into words, or keeps silent where the caller says it elsewhere.
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
    // What went wrong before is over once something goes well; reading in the background tells nothing.
    if (text) showNotice(text);
    else if (name !== 'read') clearNotice();
    return outcome;
  };
}

/** Why the client did not let it happen, in the words of the page. */
export function refusedIn(problems: Words['problems'], code: string): string {
  return problems.refused[code as keyof Words['problems']['refused']] ?? problems.notPossible;
}
