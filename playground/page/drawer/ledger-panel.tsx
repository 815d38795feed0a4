import type { BukaState } from '../api/wire';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { EmptyBuka } from './empty-buka';
import { Figure } from './figure';

const STATES = ['queued', 'sending', 'delivered', 'failed'] as const;

/** How many recipients Buka has accepted once, more than once, and never, as Buka counts them. */
export function LedgerPanel() {
  const { drawer, locale } = useWords();
  const words = drawer.ledger;
  const buka = useStore((state) => state.buka);
  if (!buka) return <p className="empty">{words.empty}</p>;
  const { orderIds, once, moreThanOnce, never, doubled } = buka.ledger;
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  const isBroken = orderIds.moreThanOnce > 0;
  return (
    <>
      <p className="about">{words.about}</p>
      <dl className="ledger">
        <Figure label={words.once} value={number(orderIds.once)} tone="good" />
        <Figure
          label={words.twice}
          value={number(orderIds.moreThanOnce)}
          tone={isBroken ? 'bad' : undefined}
        />
        <Figure label={words.never} value={number(never)} />
      </dl>
      <p role="status" className={isBroken ? 'verdict bad' : 'verdict'}>
        {verdictOn(buka, words)}
      </p>
      <h3>{words.messages}</h3>
      <dl className="facts">
        {STATES.map((state) => (
          <Figure key={state} label={words.states[state]} value={number(buka.messages[state])} />
        ))}
      </dl>
      <h3>{words.numbers}</h3>
      <p className="about">{words.several}</p>
      <dl className="facts">
        <Figure label={words.numbersOnce} value={number(once)} />
        <Figure label={words.numbersTwice} value={number(moreThanOnce)} />
      </dl>
      {doubled.length > 0 && (
        <details>
          <summary>{words.doubled}</summary>
          <p className="numbers">{doubled.map((one) => `+${one}`).join(', ')}</p>
        </details>
      )}
      <EmptyBuka />
    </>
  );
}

function verdictOn({ ledger }: BukaState, words: { empty: string; broken: string; promise: string }) {
  if (ledger.orderIds.moreThanOnce > 0) return words.broken;
  return ledger.once + ledger.moreThanOnce + ledger.never === 0 ? words.empty : words.promise;
}
