import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';

/**
 * A native modal dialog: the browser keeps the focus inside. It opens at once, with the focus on the element marked
 * `data-focus`. It stays until it is no longer drawn: Escape only calls the handler.
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
  /** Shown beside the title. */
  head?: ReactNode;
  onEscape: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  // Closed before it is removed from the page, so that the browser can put the focus back to where it was.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
    return () => element?.close();
  }, []);
  // Another title is another form in the same window: the focus goes to its top.
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
        // Escape while nothing has the focus. The `cancel` of a file chooser bubbles up to here too, and is ignored.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onEscape();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // preventDefault: the browser must not close the dialog. stopPropagation: a dialog below must not get the key.
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
