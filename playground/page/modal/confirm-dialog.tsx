import { DisplayBlock } from '../blocks/display-block';
import { Dialog } from './dialog';

export interface Confirmation {
  title: { text: string };
  text: { type: string; text: string };
  confirm: { text: string };
  deny: { text: string };
  style?: 'primary' | 'danger';
}

/** The confirm dialog of an element. Its text is mrkdwn, as in a section. */
export function ConfirmDialog({
  confirmation,
  onYes,
  onNo,
}: {
  confirmation: Confirmation;
  onYes: () => void;
  onNo: () => void;
}) {
  const { title, text, confirm, deny, style } = confirmation;
  return (
    <Dialog title={title.text} className="confirm" role="alertdialog" onEscape={onNo}>
      <div className="dialog-body">
        <DisplayBlock block={{ type: 'section', text }} />
      </div>
      <footer>
        <button type="button" className="button" onClick={onNo}>
          {deny.text}
        </button>
        <button type="button" className={`button ${style ?? 'primary'}`} data-focus onClick={onYes}>
          {confirm.text}
        </button>
      </footer>
    </Dialog>
  );
}
