import { Command } from 'commander';
import type { CommandContext } from './command-context';
import { addAccounts } from './commands/accounts-command';
import { addDrafts } from './commands/drafts-command';
import { addExports } from './commands/exports-command';
import { addJobs } from './commands/jobs-command';
import { addPeople } from './commands/people-command';
import { addUsage } from './commands/usage-command';
import { addWebhooks } from './commands/webhooks-command';

/** Adds a command to the program. */
type AddCommand = (program: Command, context: CommandContext) => void;

/** Every command, in the order of the help. */
const COMMANDS: readonly AddCommand[] = [
  addJobs,
  addWebhooks,
  addAccounts,
  addUsage,
  addDrafts,
  addExports,
  addPeople,
];

/** The command line. It throws CommanderError instead of ending the process. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('manage')
    .description(
      'Looks after a bot beside its people in Slack. What changes in a workspace is noted as done by an operator.',
    )
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)');
  for (const add of COMMANDS) add(program, context);
  return program;
}
