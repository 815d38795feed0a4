import type { SlackBlock } from '../api/wire';
import type { ControlElement } from '../controls/element';
import { LiveControl } from './live-control';

type Block = Extract<SlackBlock, { type: 'actions' }>;

/** A row of controls. Each use is sent to the bot at once. */
export function ActionsBlock({ block, where }: { block: Block; where: string }) {
  return (
    <div className="actions-block">
      {(block.elements as ControlElement[]).map((element) => (
        <LiveControl key={element.action_id} element={element} what={element.action_id} where={where} />
      ))}
    </div>
  );
}
