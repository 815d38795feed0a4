import type { Words } from '../words/en-page';

interface Completion {
  /** The composer's text once it is chosen. */
  text: string;
  hint: string;
}

const SUBCOMMANDS = ['send', 'status', 'list', 'find', 'report', 'balance', 'help'] as const;

/** The completions of a line that begins with a slash. */
export function completionsOf(
  typed: string,
  commands: string[],
  botName: string,
  hints: Words['conversation']['hints'],
): Completion[] {
  if (!typed.startsWith('/')) return [];
  const known = [
    ...commands.flatMap((command) =>
      SUBCOMMANDS.map((word) => ({ text: `${command} ${word}`, hint: hints[word] })),
    ),
    { text: `/invite @${botName}`, hint: hints.invite },
  ];
  return known.filter(({ text }) => text.startsWith(typed.trimStart()) && text !== typed.trim());
}

/** A message as Slack's client sends it: signs escaped, names of people turned into mentions. */
export function toMrkdwn(text: string, people: { id: string; name: string }[]): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.replace(/(^|\s)@([\w-]+)/g, (whole, space: string, name: string) => {
    const found = people.find((person) => person.name === name);
    return found ? `${space}<@${found.id}>` : whole;
  });
}
