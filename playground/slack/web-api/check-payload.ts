import type { SlackBlock, ViewPayload } from '../blocks/block-kit';
import type { Fault } from '../blocks/fault';
import { validateMessage } from '../blocks/validate-message';
import { validateView } from '../blocks/validate-view';
import { type Core, noteFault } from '../core';
import { ApiRefusal } from './refusal';

/** Blocks as they may be stored; refuses what Slack would refuse, and remembers the refusal. */
export function checkBlocks(core: Core, where: string, blocks: unknown): SlackBlock[] {
  const faults = core.settings.validate ? validateMessage({ blocks }) : [];
  if (hasChart(blocks) && core.weather.strike('chartsUnsupported')) {
    throw refusal('invalid_blocks', [
      { pointer: '/blocks', message: 'unsupported type: data_visualization' },
    ]);
  }
  if (faults.length > 0) {
    noteFault(core, { where, faults });
    throw refusal(codeOf(faults), faults);
  }
  return blocks as SlackBlock[];
}

/** A view as it may be opened. */
export function checkView(core: Core, where: string, view: unknown): ViewPayload {
  const faults = core.settings.validate ? validateView(view) : [];
  if (faults.length > 0) {
    noteFault(core, { where, faults });
    const isTooLarge = faults.some((fault) => fault.message.startsWith('view_too_large'));
    throw refusal(isTooLarge ? 'view_too_large' : 'invalid_arguments', faults, '/view');
  }
  return view as ViewPayload;
}

function hasChart(blocks: unknown): boolean {
  return Array.isArray(blocks) && blocks.some((block) => block?.type === 'data_visualization');
}

function codeOf(faults: Fault[]): string {
  return faults.some((fault) => fault.message.startsWith('msg_blocks_too_long'))
    ? 'msg_blocks_too_long'
    : 'invalid_blocks';
}

function refusal(code: string, faults: Fault[], prefix = ''): ApiRefusal {
  return new ApiRefusal(code, {
    errors: faults.map((fault) => `${fault.message} [json-pointer:${prefix}${fault.pointer}]`),
    response_metadata: {
      messages: faults.map((fault) => `[ERROR] ${fault.message} [json-pointer:${prefix}${fault.pointer}]`),
    },
  });
}
