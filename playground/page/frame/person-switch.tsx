import { becomePerson } from '../store/change-state';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';
import { Avatar } from './avatar';

/** Shows the page as another person sees it. The address holds who it is, so two windows can be two people. */
export function PersonSwitch() {
  const { frame } = useWords();
  const me = useStore(({ page }) => page?.me);
  const people = useStore(({ page }) => page?.people);
  if (!me || !people) return null;
  const become = (userId: string) => {
    const url = new URL(location.href);
    url.searchParams.set('as', userId);
    history.replaceState(null, '', url);
    becomePerson(userId);
  };
  return (
    <span className="person-switch">
      <Avatar person={me} />
      <select
        className="select compact"
        aria-label={frame.person}
        title={frame.person}
        value={me.id}
        onChange={(event) => become(event.target.value)}
      >
        {people.map(({ id, real_name }) => (
          <option key={id} value={id}>
            {real_name}
          </option>
        ))}
      </select>
    </span>
  );
}
