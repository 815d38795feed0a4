import type { KeyboardEvent } from 'react';
import { clearFaults } from '../api/set-faults';
import { prefer } from '../store/change-state';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { StepActs } from './step-acts';
import { STEPS } from './steps';
import { useProgress } from './use-progress';

/** Leads a newcomer through five minutes of the product. */
export function Tour() {
  const { tour } = useWords();
  const at = useStore(({ preferences }) => Math.min(preferences.tourStep, STEPS.length - 1));
  const step = STEPS[at] ?? 'send';
  const isLast = at === STEPS.length - 1;
  const go = (tourStep: number) => {
    // The faults of a step end with it.
    if (step === 'hang' || step === 'kill') void clearFaults();
    prefer({ tourStep });
  };
  useProgress(step, () => go(at + 1));
  const dismiss = () => prefer({ tour: false, tourStep: 0 });
  const { title, text } = tour.steps[step];
  return (
    <section
      className="tour"
      aria-label={tour.label}
      onKeyDown={(event: KeyboardEvent) => event.key === 'Escape' && dismiss()}
    >
      <header>
        <small>
          {tour.title} · {tour.step(at + 1, STEPS.length)}
        </small>
        <button type="button" className="icon" aria-label={tour.dismiss} onClick={dismiss}>
          ×
        </button>
      </header>
      <h2>{title}</h2>
      <p>{text}</p>
      <footer>
        <StepActs step={step} />
        <span className="steps">
          <button type="button" className="button" disabled={at === 0} onClick={() => go(at - 1)}>
            {tour.back}
          </button>
          <button type="button" className="button primary" onClick={() => (isLast ? dismiss() : go(at + 1))}>
            {isLast ? tour.finish : tour.next}
          </button>
        </span>
      </footer>
    </section>
  );
}
