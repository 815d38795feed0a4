import { useState } from 'react';
import { useStore } from '../store/use-store';
import type { Draft } from './draft';
import { Modal } from './modal';

/** The views that the bot has opened for the person. Only the one in front is drawn. What was typed into the others is kept. */
export function ModalStack() {
  const views = useStore(({ page }) => page?.views);
  const [drafts, setDrafts] = useState<Record<string, Draft>>({});
  const front = views?.at(-1);
  if (!front) return null;
  return (
    <Modal
      key={front.id}
      view={front}
      draft={drafts[front.id] ?? {}}
      onDraft={(blockId, entry) =>
        setDrafts((kept) => ({ ...kept, [front.id]: { ...kept[front.id], [blockId]: entry } }))
      }
    />
  );
}
