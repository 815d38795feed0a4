import type { SlackBlock } from '../api/wire';
import type { ControlElement } from '../controls/element';
import { ActionsBlock } from './actions-block';
import { DataTable } from './data-table';
import { DisplayBlock } from './display-block';
import { LiveControl } from './live-control';
import { type PieBlock, PieChart } from './pie-chart';
import { type SeriesBlock, SeriesChart } from './series-chart';

/** The blocks of a message, of App Home, or of a modal without its inputs. */
export function Blocks({ blocks, where }: { blocks: SlackBlock[]; where: string }) {
  return blocks.map((block, index) => <OneBlock key={block.block_id ?? index} block={block} where={where} />);
}

/** `where`: what the acts call this surface: `home`, the id of a view, or the ts of a message. */
export function OneBlock({ block, where }: { block: SlackBlock; where: string }) {
  if (block.type === 'actions') return <ActionsBlock block={block} where={where} />;
  if (isChart(block)) return <Chart block={block} />;
  if (block.type === 'data_table') return <DataTable block={block} />;
  if (block.type !== 'section' || !block.accessory || block.accessory.type === 'image') {
    return <DisplayBlock block={block} />;
  }
  const { accessory, ...text } = block;
  // A section holds one control, so its block_id names that control. Other sections may have the same action_id.
  return (
    <div className="section-with-accessory">
      <DisplayBlock block={text} />
      <LiveControl
        element={accessory as ControlElement}
        what={block.block_id ?? accessory.action_id ?? ''}
        where={where}
      />
    </div>
  );
}

/** Slack's types do not have charts yet. */
function isChart(block: { type: string }): block is PieBlock | SeriesBlock {
  return block.type === 'data_visualization';
}

function Chart({ block }: { block: PieBlock | SeriesBlock }) {
  return isPie(block) ? <PieChart block={block} /> : <SeriesChart block={block} />;
}

function isPie(block: PieBlock | SeriesBlock): block is PieBlock {
  return block.chart.type === 'pie';
}
