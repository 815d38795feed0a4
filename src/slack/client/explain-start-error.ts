import { slackFaultOf } from './slack-fault';

/**
 * An error for the person who starts the bot, who reads no more than one line: Slack does not accept the token in
 * `variable`, or it cannot be reached. `cause` is the client's own error. Null for what is no fault of Slack.
 */
export function explainStartError(variable: string, error: unknown): Error | null {
  const fault = slackFaultOf(error);
  if (!fault) return null;
  const why =
    fault.kind === 'refused'
      ? `Slack does not accept ${variable}: ${fault.error}`
      : 'Slack cannot be reached';
  return new Error(`${why}. README, "Slack", says where the tokens are found.`, { cause: error });
}
