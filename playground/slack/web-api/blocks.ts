import { validateMessage } from '../blocks/validate-message';
import { validateView } from '../blocks/validate-view';
import { type Arguments, json, optionalJson } from './arguments';
import type { Methods } from './method';
import { ApiRefusal } from './refusal';

/** `blocks.validate`: public, exactly one of `blocks`, `view`, `message`. */
export const blocks: Methods = {
  'blocks.validate': {
    tier: 'tier4',
    token: 'none',
    run: (_slack, args) => {
      const violations = violationsOf(args);
      if (violations.length === 0) return {};
      throw new ApiRefusal('invalid_blocks', {
        errors: violations.map((violation) => ({ code: 'invalid', constraint: null, ...violation })),
      });
    },
  },
};

function violationsOf(args: Arguments) {
  const given = ['blocks', 'view', 'message'].filter((name) => args[name] !== undefined);
  if (given.length !== 1) throw new ApiRefusal('invalid_arguments');
  if (given[0] === 'view') return validateView(json(args, 'view'));
  if (given[0] === 'message') return validateMessage(json(args, 'message'));
  return validateMessage({ blocks: optionalJson(args, 'blocks') });
}
