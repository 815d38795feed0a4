import { openTab } from '../store/change-state';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';

/** The ledger in one line. A click opens the ledger's panel. */
export function LedgerBadge() {
  const { ledgerBadge, locale } = useWords();
  const ledger = useStore(({ buka }) => buka?.ledger);
  if (!ledger) return null;
  const { once, moreThanOnce } = ledger.orderIds;
  const number = new Intl.NumberFormat(locale);
  return (
    <button type="button" className="ledger-badge" title={ledgerBadge.hint} onClick={() => openTab('ledger')}>
      <span>{ledgerBadge.label}</span>
      <span className="good">{ledgerBadge.once(number.format(once))}</span>
      <span className={moreThanOnce > 0 ? 'bad' : ''}>{ledgerBadge.twice(number.format(moreThanOnce))}</span>
      <span>{ledgerBadge.never(number.format(ledger.never))}</span>
    </button>
  );
}
