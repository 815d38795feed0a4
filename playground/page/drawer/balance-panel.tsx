import { type FormEvent, useState } from 'react';
import { post } from '../api/ask-demo';
import type { BukaState } from '../api/wire';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { Figure } from './figure';

/** The accounts at the local Buka. */
export function BalancePanel() {
  const { balance } = useWords().drawer;
  const accounts = useStore(({ buka }) => buka?.accounts) ?? [];
  return (
    <>
      <p className="about">{balance.about}</p>
      {accounts.length === 0 && <p className="empty">{balance.empty}</p>}
      {accounts.map((account) => (
        <AccountCard key={account.apiKey} account={account} />
      ))}
    </>
  );
}

function AccountCard({ account }: { account: BukaState['accounts'][number] }) {
  const { drawer, locale } = useWords();
  const { balance: words } = drawer;
  const [amount, setAmount] = useState('');
  const [isRefused, setRefused] = useState(false);
  const format = (decimal: string) =>
    new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(
      Number(decimal),
    );
  const set = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await post('/buka/balance', { balance: amount.trim(), apiKey: account.apiKey });
    setRefused(answer.kind !== 'answered');
    if (answer.kind === 'answered') setAmount('');
  };
  const name = account.appIds.join(', ') || account.apiKey;
  return (
    <section aria-label={words.account(name)}>
      <h3>{words.account(name)}</h3>
      <dl className="facts">
        {(['balance', 'gift', 'credit'] as const).map((purse) => (
          <Figure key={purse} label={words[purse]} value={format(account[purse])} />
        ))}
      </dl>
      <form className="panel-tools" onSubmit={(event) => void set(event)}>
        <input
          className="text-field"
          inputMode="decimal"
          aria-label={words.set}
          placeholder={words.set}
          aria-invalid={isRefused || undefined}
          value={amount}
          onChange={(event) => setAmount(event.target.value)}
        />
        <button type="submit" className="button" disabled={!amount.trim()}>
          {words.save}
        </button>
      </form>
      {isRefused && (
        <p role="alert" className="field-error">
          {words.failed}
        </p>
      )}
    </section>
  );
}
