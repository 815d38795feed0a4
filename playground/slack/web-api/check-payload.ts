import type { SlackBlock, ViewPayload } from '../blocks/block-kit';
import { validateMessage } from '../blocks/validate-message';
import { validateView } from '../blocks/validate-view';
import type { Violation } from '../blocks/violation';
import { noteRefusedPayload, type SlackContext } from '../slack-context';
import { ApiRefusal } from './refusal';

/** Returns the blocks to store. Refuses what Slack would refuse, and records the refusal. */
export function checkBlocks(slack: SlackContext, where: string, blocks: unknown): SlackBlock[] {
  const violations = slack.settings.validate ? validateMessage({ blocks }) : [];
  if (hasChart(blocks) && slack.faults.strike('chartsUnsupported')) {
    throw refusal('invalid_blocks', [
      { pointer: '/blocks', message: 'unsupported type: data_visualization' },
    ]);
  }
  if (violations.length > 0) {
    noteRefusedPayload(slack, { where, violations });
    throw refusal(codeOf(violations), violations);
  }
  return blocks as SlackBlock[];
}

/** A view as it may be opened. */
export function checkView(slack: SlackContext, where: string, view: unknown): ViewPayload {
  const violations = slack.settings.validate ? validateView(view) : [];
  if (violations.length > 0) {
    noteRefusedPayload(slack, { where, violations });
    const isTooLarge = violations.some((violation) => violation.message.startsWith('view_too_large'));
    throw refusal(isTooLarge ? 'view_too_large' : 'invalid_arguments', violations, '/view');
  }
  return view as ViewPayload;
}

function hasChart(blocks: unknown): boolean {
  return Array.isArray(blocks) && blocks.some((block) => block?.type === 'data_visualization');
}

function codeOf(violations: Violation[]): string {
  return violations.some((violation) => violation.message.startsWith('msg_blocks_too_long'))
    ? 'msg_blocks_too_long'
    : 'invalid_blocks';
}

function refusal(code: string, violations: Violation[], prefix = ''): ApiRefusal {
  return new ApiRefusal(code, {
    errors: violations.map(
      (violation) => `${violation.message} [json-pointer:${prefix}${violation.pointer}]`,
    ),
    response_metadata: {
      messages: violations.map(
        (violation) => `[ERROR] ${violation.message} [json-pointer:${prefix}${violation.pointer}]`,
      ),
    },
  });
}
