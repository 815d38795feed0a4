/** Whether a channel is a direct message: Slack's ids of these begin with D. */
export function isDirectMessage(channelId: string): boolean {
  return channelId.startsWith('D');
}
