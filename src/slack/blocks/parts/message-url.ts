/** The URL of a message: `archives/<channel>/p<ts without its dot>`. `workspaceUrl` ends with a slash. */
export function messageUrl(workspaceUrl: string, channelId: string, ts: string): string {
  return `${workspaceUrl}archives/${channelId}/p${ts.replace('.', '')}`;
}
