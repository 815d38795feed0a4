import { useState } from 'react';
import { post } from '../api/ask';
import { ConfirmDialog } from '../modal/confirm-dialog';
import { useStore } from '../store/store';
import { useWords } from '../words/use-words';

const STATES = ['queued', 'sending', 'delivered', 'failed'] as const;

/** The promise of the product in numbers, as the other side counts them. */
export function LedgerPanel() {
  const { drawer, modal, locale } = useWords();
  const words = drawer.ledger;
  const buka = useStore((state) => state.buka);
  const [isAsking, setAsking] = useState(false);
  if (!buka) return <p className="empty">{words.empty}</p>;
  const { once, moreThanOnce, never, orderIds, doubled } = buka.ledger;
  const number = new Intl.NumberFormat(locale);
  const isEmpty = once + moreThanOnce + never === 0;
  return (
    <>
      <p className="about">{words.about}</p>
      <dl className="ledger">
        <Figure label={words.once} value={number.format(once)} tone="good" />
        <Figure
          label={words.twice}
          value={number.format(moreThanOnce)}
          tone={moreThanOnce > 0 ? 'bad' : ''}
        />
        <Figure label={words.never} value={number.format(never)} tone="" />
      </dl>
      <p role="status" className={moreThanOnce > 0 ? 'verdict bad' : 'verdict'}>
        {isEmpty ? words.empty : moreThanOnce > 0 ? words.broken : words.promise}
      </p>
      <h3>{words.orders}</h3>
      <dl className="facts">
        <Figure label={words.ordersOnce} value={number.format(orderIds.once)} tone="" />
        <Figure
          label={words.ordersTwice}
          value={number.format(orderIds.moreThanOnce)}
          tone={orderIds.moreThanOnce > 0 ? 'bad' : ''}
        />
      </dl>
      <h3>{words.messages}</h3>
      <dl className="facts">
        {STATES.map((state) => (
          <Figure
            key={state}
            label={words.states[state]}
            value={number.format(buka.messages[state])}
            tone=""
          />
        ))}
      </dl>
      {doubled.length > 0 && (
        <>
          <h3>{words.doubled}</h3>
          <p className="numbers">{doubled.map((one) => `+${one}`).join(', ')}</p>
        </>
      )}
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {words.reset}
      </button>
      {isAsking && (
        <ConfirmDialog
          confirmation={{
            title: { text: words.reset },
            text: { type: 'plain_text', text: words.resetConfirm },
            confirm: { text: words.reset },
            deny: { text: modal.close },
            style: 'danger',
          }}
          onYes={() => {
            setAsking(false);
            void post('/buka/reset');
          }}
          onNo={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Figure({ label, value, tone }: { label: string; value: string; tone: 'good' | 'bad' | '' }) {
  return (
    <div className={tone}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
