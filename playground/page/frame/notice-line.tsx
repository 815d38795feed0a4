import { useEffect } from 'react';
import { clearNotice } from '../store/change-state';
import { useStore } from '../store/use-store';
import { useWords } from '../words/use-words';

const SHOWN_MS = 12_000;

/** The notice of the client itself, shown for a while above everything else. */
export function NoticeLine() {
  const { frame } = useWords();
  const notice = useStore((state) => state.notice);
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(() => clearNotice(), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  if (!notice) return null;
  return (
    <div
      role="alert"
      className="notice-line"
      popover="manual"
      ref={(element) => element?.showPopover()}
      key={notice.id}
    >
      <span>{notice.text}</span>
      <button type="button" className="icon" aria-label={frame.dismiss} onClick={() => clearNotice()}>
        ×
      </button>
    </div>
  );
}
