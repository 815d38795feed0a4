import type { Person } from '../api/wire';

const COLOURS = ['#7c3aed', '#b45309', '#0369a1', '#be185d', '#4d7c0f'];

/** The first letters of a name on a colour that is always the same for a person. */
export function Avatar({ person }: { person: Pick<Person, 'id' | 'real_name'> }) {
  const sum = [...person.id].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const initials = person.real_name
    .split(' ')
    .map((word) => [...word][0])
    .join('');
  return (
    <span className="avatar" aria-hidden="true" style={{ background: COLOURS[sum % COLOURS.length] }}>
      {initials.slice(0, 2)}
    </span>
  );
}

export function BotMark() {
  return <img className="avatar" src="./icon.svg" alt="" />;
}
