import { useEffect } from 'react';
import type { State } from '../store/app-state';
import { useStore } from '../store/use-store';
import type { Step } from './steps';

/** When a step is done, where the page can see that. The other steps wait for “Next”. */
const DONE: Partial<Record<Step, (state: State) => boolean>> = {
  send: ({ page }) => page?.views.at(-1)?.callback_id === 'sms_review',
  review: ({ buka }) => (buka?.messages.queued ?? 0) + (buka?.messages.sending ?? 0) > 0,
};

/** Goes to the next step when the person has done what the step asks for. */
export function useProgress(step: Step, goOn: () => void): void {
  const isDone = useStore((state) => DONE[step]?.(state) ?? false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `goOn` is a new function at each render.
  useEffect(() => {
    if (isDone) goOn();
  }, [isDone]);
}
