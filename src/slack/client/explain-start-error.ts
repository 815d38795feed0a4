import { slackFaultOf } from './slack-fault';

/**
 * Awaits a call to Slack that is made at the start, where nobody reads more than one line. If it fails,
 * throws an error that says that Slack does not accept the token in `variable`, or that Slack cannot be
 * reached; `cause` is the client's own error.
 */
export async function explainStartError<T>(variable: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault) throw error;
    const why =
      fault.kind === 'refused'
        ? `Slack does not accept ${variable}: ${fault.error}`
        : 'Slack cannot be reached';
    throw new Error(`${why}. README, "Slack", says where the tokens are found.`, { cause: error });
  }
}
