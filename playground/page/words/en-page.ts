import type { Sample } from '../api/wire';
import { enDrawer } from './en-drawer';
import { enTour } from './en-tour';

/** All texts of the page itself, in English. The bot's texts come from the bot. */
export const en = {
  locale: 'en-US',
  frame: {
    brand: 'Bulk SMS playground',
    about: 'A local Slack and a local Buka. Nothing leaves this machine.',
    lost: 'The demo does not answer. Start it again with “npm run demo”; this page reconnects by itself.',
    connecting: 'Connecting to the demo …',
    botStates: { starting: 'starting', running: 'running', stopped: 'stopped' },
    botAway: (state: string) =>
      `The bot is not running (${state}). What you do now waits, or fails as it would in Slack.`,
    person: 'You are',
    language: 'Language',
    languages: { 'en-US': 'English', 'zh-CN': '简体中文' },
    theme: 'Colours',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    tour: 'Tour',
    drawer: 'Backstage',
    dismiss: 'Dismiss',
  },
  ledgerBadge: {
    label: 'Ledger',
    once: (n: string) => `${n} once`,
    twice: (n: string) => `${n} more than once`,
    never: (n: string) => `${n} never`,
    hint: 'How many recipients of batches Buka accepted once, more than once, and never although they were asked for',
  },
  sidebar: {
    label: 'Channels and messages',
    channels: 'Channels',
    direct: 'Direct messages',
    apps: 'Apps',
    home: 'App Home',
    unread: (n: number) => `${n} unread`,
    archived: 'archived',
    private: 'private',
    noBot: 'the bot is not a member',
  },
  conversation: {
    messages: (name: string) => `Messages in ${name}`,
    members: (n: number) => (n === 1 ? '1 person' : `${n} people`),
    empty: (name: string) => `This is the beginning of ${name}`,
    emptyHint:
      'Type /sms below and press Enter: a form opens in which you write a text and add a list of numbers.',
    emptyDirect:
      'Here the bot writes to you alone, for instance when you closed a form while it was reading your list.',
    onlyYou: 'Only visible to you',
    edited: '(edited)',
    app: 'App',
    replies: (n: number) => (n === 1 ? '1 reply' : `${n} replies`),
    broadcast: 'replied to a thread',
    thread: 'Thread',
    closeThread: 'Close the thread',
    noSuchChannel: 'You are not in this channel, or there is none.',
    composer: (name: string) => `Message ${name}`,
    send: 'Send message',
    archived: 'This channel is archived.',
    completions: 'Commands',
    hints: {
      send: 'Write a text and send it to a list',
      status: 'The report of a batch, asked anew: status <id>',
      list: 'Your last batches',
      find: 'Every text to one number: find <number>',
      report: 'Totals of today, of 7d, or from..to',
      balance: 'What is left on the account',
      help: 'What the bot can do',
      invite: 'Let the bot write in this channel',
    },
  },
  home: { title: (bot: string) => `Home of ${bot}`, loading: 'The bot is drawing your home …' },
  modal: {
    closeAll: 'Close window',
    close: 'Close',
    required: 'Please fill this in.',
    optional: 'optional',
    working: 'Working …',
    counter: (used: string, max: string) => `${used} of ${max} characters`,
    problem: 'The app did not answer as it should. Try again.',
    choose: 'Choose …',
  },
  files: {
    drop: 'Drop files here, or',
    choose: 'choose files',
    remove: (name: string) => `Remove ${name}`,
    kinds: (kinds: string) => `${kinds}, at most 10 MB each`,
    wrongKind: (name: string) => `“${name}” is of another kind.`,
    tooMany: (max: number) => `At most ${max} files.`,
    tooLarge: (name: string) => `“${name}” is larger than 10 MB.`,
    samples: 'Or put a sample in:',
    sampleHints: {
      'customers.csv':
        '24 rows: 18 good numbers, 3 that are none, 3 that come twice. Buka refuses the number that ends in 0404 and fails the one that ends in 0000.',
      'customers-10000.csv':
        '9,700 good numbers, 120 that are none, 180 that come twice. About one in 25 fails on its way.',
      'customers-nasty.csv':
        'What spreadsheets and people do to a list: a byte order mark, semicolons, numbers that Excel damaged, full-width digits, blank lines, line breaks in quotes.',
    } satisfies Record<Sample['name'], string>,
    shared: 'Files',
    download: (name: string) => `Download ${name}`,
    sampleFailed: 'The sample could not be read.',
  },
  table: {
    count: (n: string) => `${n} rows`,
    previous: 'Previous page',
    next: 'Next page',
  },
  problems: {
    unreachable: 'The demo does not answer.',
    command: (command: string, code: string) => `${command} failed with the error “${code}”.`,
    refused: {
      required: 'Please fill this in.',
      not_valid: 'This cannot be taken as it is. Please check it.',
      not_in_front: 'This form is no longer open.',
      not_found: 'This is no longer here.',
      no_such_control: 'This is no longer here.',
      not_a_member: 'You are not in this channel.',
      no_such_command: 'There is no such command here. Type / to see those there are.',
    },
    notPossible: 'Slack would not let you do that.',
    action: (code: string) =>
      `That did not work: “${code}”. The app did not answer in time or not as it should.`,
  },
  drawer: enDrawer,
  tour: enTour,
};

export type Words = typeof en;
