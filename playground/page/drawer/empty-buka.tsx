import { useState } from 'react';
import { post } from '../api/ask-demo';
import { ConfirmDialog } from '../modal/confirm-dialog';
import { useWords } from '../words/use-words';

/** Empties the local Buka once the person has confirmed it. */
export function EmptyBuka() {
  const { drawer, modal } = useWords();
  const { reset, resetConfirm } = drawer.ledger;
  const [isAsking, setAsking] = useState(false);
  const empty = () => {
    setAsking(false);
    void post('/buka/reset');
  };
  return (
    <div className="panel-tools">
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {reset}
      </button>
      {isAsking && (
        <ConfirmDialog
          confirmation={{
            title: { text: reset },
            text: { type: 'plain_text', text: resetConfirm },
            confirm: { text: reset },
            deny: { text: modal.close },
            style: 'danger',
          }}
          onYes={empty}
          onNo={() => setAsking(false)}
        />
      )}
    </div>
  );
}
