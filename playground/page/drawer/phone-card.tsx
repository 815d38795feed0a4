import { type FormEvent, memo, useState } from 'react';
import { post } from '../api/ask-demo';
import type { BukaState } from '../api/wire';
import { formatSecond } from '../blocks/format-date';
import { useClock } from '../blocks/use-clock';
import { showNotice } from '../store/change-state';
import { useWords } from '../words/use-words';

/** One recipient's phone: its texts, newest first, and a field to reply. */
export const PhoneCard = memo(function PhoneCard({ phone }: { phone: BukaState['phones'][number] }) {
  const { phones: words } = useWords().drawer;
  const clock = useClock();
  const [text, setText] = useState('');
  const number = `+${phone.number.replace(/^\+/, '')}`;
  const reply = async (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    const answer = await post('/buka/reply', { number, content: text.trim() });
    if (answer.kind === 'answered') setText('');
    else showNotice(words.failed);
  };
  return (
    <article className="phone" aria-label={words.phone(number)}>
      <h3>{number}</h3>
      <ul>
        {[...phone.texts].reverse().map(({ direction, content, senderId, atMs }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two texts may arrive in the same millisecond.
          <li key={`${atMs}-${index}`} className={direction}>
            <p>{content}</p>
            <small>
              {[words[direction], senderId, formatSecond(atMs, clock)].filter(Boolean).join(' · ')}
            </small>
          </li>
        ))}
      </ul>
      <form onSubmit={(event) => void reply(event)}>
        <input
          className="text-field"
          aria-label={words.reply(number)}
          placeholder={words.placeholder}
          maxLength={1024}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button" disabled={!text.trim()}>
          {words.send}
        </button>
      </form>
    </article>
  );
});
