import { useState } from 'react';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { PhoneCard } from './phone-card';

/** The recipients' phones and what has arrived on them. */
export function PhonesPanel() {
  const { phones: words } = useWords().drawer;
  const phones = useStore(({ buka }) => buka?.phones) ?? [];
  const [wanted, setWanted] = useState('');
  const digits = wanted.replace(/\D/g, '');
  return (
    <>
      <p className="about">{words.about}</p>
      {phones.length === 0 ? (
        <p className="empty">{words.empty}</p>
      ) : (
        <p className="panel-tools">
          <input
            className="text-field"
            type="search"
            aria-label={words.find}
            placeholder={words.find}
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
          />
        </p>
      )}
      {phones
        .filter(({ number }) => number.includes(digits))
        .map((phone) => (
          <PhoneCard key={phone.number} phone={phone} />
        ))}
    </>
  );
}
