import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';

/**
 * A native modal dialog: the browser keeps the focus inside and everything else out of reach. It opens at once,
 * with the focus on what is marked `data-focus`, and stays until it is no longer drawn: Escape only asks.
 */
export function Dialog({
  title,
  className,
  role,
  head,
  onEscape,
  children,
}: {
  title: string;
  className: string;
  role?: 'alertdialog';
  /** Stands beside the title. */
  head?: ReactNode;
  onEscape: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  // Before it is taken out of the page, so that the browser can give the focus back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
    return () => element?.close();
  }, []);
  // Another title is another form in the same window: the person, seeing or not, begins at its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the title is the trigger.
  useEffect(() => {
    const first = dialog.current?.querySelector<HTMLElement>('[data-focus]') ?? heading.current;
    first?.focus();
  }, [title]);
  return (
    <dialog
      ref={dialog}
      role={role}
      className={className}
      aria-labelledby={titleId}
      onCancel={(event) => {
        // Comes where the focus is nowhere. A file chooser's own `cancel` rises to here too, and means nothing.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onEscape();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Prevented, the browser does not close the dialog by itself; stopped, a dialog below does not hear of it.
        event.preventDefault();
        event.stopPropagation();
        onEscape();
      }}
    >
      <header>
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {head}
      </header>
      {children}
    </dialog>
  );
}
