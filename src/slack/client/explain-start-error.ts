import { slackFaultOf } from './slack-fault';

/**
 * For the start, where nobody reads more than one line: says which token Slack does not accept, or that it cannot
 * be reached, instead of the client's own words.
 */
export async function accepted<T>(variable: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const fault = slackFaultOf(error);
    if (!fault) throw error;
    const why =
      fault.kind === 'refused'
        ? `Slack does not accept ${variable}: ${fault.error}`
        : 'Slack cannot be reached';
    throw new Error(`${why}. docs/SETUP.md says where the tokens are found.`, { cause: error });
  }
}
