import { createFormats } from './formats';

/** What a person reads until a batch is started: the form, the progress of reading the list, the review. */
const { number, plural } = createFormats('en-US');

const messages = (count: number) =>
  `${number(count)} ${plural(count, { one: 'message', other: 'messages' })}`;
const rows = (count: number) => `${number(count)} ${plural(count, { one: 'row', other: 'rows' })}`;
const segments = (count: number) =>
  `${number(count)} ${plural(count, { one: 'segment', other: 'segments' })}`;

export const enDrafting = {
  compose: {
    title: 'Send bulk SMS',
    submit: 'Review',
    close: 'Close',
    text: 'Message',
    textPlaceholder: 'What the recipients will read',
    textHint: (limit: number) =>
      `Up to ${number(limit)} characters. Nothing is sent before you have seen the review.`,
    file: 'Recipients file',
    fileHint:
      'Excel (.xlsx), CSV or text, up to 10 files of 10 MB. The column with the phone numbers is found by itself.',
    paste: 'Or paste numbers',
    pastePlaceholder: '+1 202 555 0123\n+86 138 0013 8000',
    pasteHint: 'One a line, or separated by commas. Both a file and pasted numbers may be given.',
    country: 'Default country',
    countryPlaceholder: 'Choose a country',
    countryHint: 'For numbers without a country code.',
    senderId: 'Sender ID',
    senderIdHint: (limit: number) =>
      `What the recipients see as the sender, up to ${limit} characters. Empty: the account's own.`,
    channel: 'Channel',
    channelHint: 'Where the live report of this batch goes.',
    errors: {
      textEmpty: 'Write the message first.',
      textTooLong: (length: number, limit: number) =>
        `The message has ${number(length)} characters; at most ${number(limit)} can be sent. Shorten it by ${number(length - limit)}.`,
      noRecipients: 'Add a file here, or paste numbers below.',
      tooManyFiles: (limit: number) => `At most ${limit} files can be read at once.`,
      fileTooLarge: (name: string) => `${name} is larger than 10 MB. Split it and add the parts.`,
      fileKind: (name: string) =>
        `${name} is neither Excel (.xlsx) nor CSV nor text. Save the list as one of these and add that.`,
      country: 'This country is not known. Choose one from the list.',
      senderIdTooLong: (limit: number) => `A sender ID has at most ${limit} characters.`,
      channel: 'Choose the channel for the report.',
    },
  },

  /** Who begins a draft beside an open one. */
  openDraft: {
    title: 'You have an open draft',
    text: (begunAt: string) =>
      `You began this draft ${begunAt}, and it is neither sent nor discarded. Continue it, or discard it and start a new one.`,
    reading: 'Its list is being read at the moment.',
    waits: 'It waits for you to say which column has the phone numbers.',
    ready: (count: number) =>
      count === 0 ? 'Its list has no usable number.' : `It is ready: ${messages(count)} to review and send.`,
    goOn: 'Continue the draft',
    replace: 'Discard it and start new',
    confirm: {
      title: 'Discard the draft?',
      text: 'Its text and its list are deleted. Nothing of it was sent.',
      ok: 'Discard',
      cancel: 'Keep it',
    },
    movedToWindow: 'This draft goes on in the window that you have just opened.',
    /** Under a field: plain text. */
    anotherOpen: (most: number) =>
      `Meanwhile you have ${number(most)} open ${plural(most, { one: 'draft', other: 'drafts' })}, as many as one person may. Send or discard the other one, then submit this again: what you typed stays here.`,
    workspaceFull: (most: number) =>
      `Your workspace has ${number(most)} open ${plural(most, { one: 'draft', other: 'drafts' })}, as many as it may. Ask your colleagues to send or discard some, then submit this again: what you typed stays here.`,
    expired: (hours: number, command: string) =>
      `This draft expired: nobody sent or changed it for ${number(hours)} ${plural(hours, { one: 'hour', other: 'hours' })}. Nothing was sent, and its list is deleted. Start again with \`${command} send\`.`,
    deleted: (command: string) =>
      `An admin has deleted this draft. Nothing of it was sent. Ask them why; \`${command} send\` starts a new one.`,
    hasExpired: 'This draft has expired and its list is deleted. Nothing was sent; start again.',
  },

  reading: {
    title: 'Reading your list',
    text: 'Reading your list…',
    rows: (count: number) => `${rows(count)} read so far`,
    hint: 'You may close this window: the review will then come to you as a direct message.',
  },

  columns: {
    title: 'Which column?',
    submit: 'Continue',
    text: 'More than one column may hold the phone numbers. Please choose the right one.',
    all: 'Every number in each row',
    label: (source: string) => `Phone numbers in ${source}`,
    pasted: 'the pasted numbers',
    unnamed: (position: number) => `Column ${position}`,
    option: (name: string, samples: string) => (samples ? `${name}: ${samples}` : name),
    inSheet: (sheet: string, column: string) => `${sheet} – ${column}`,
    missing: 'Choose a column.',
    open: 'Choose the column',
  },

  review: {
    title: 'Review',
    submit: (count: number) => `Send ${messages(count)}`,
    close: 'Discard',
    heading: (count: number) => `${messages(count)} will be sent`,
    headingNothing: 'Nothing to send',
    nothingNext:
      'No usable phone number was found. Press *Change* to read the list otherwise, or mend it and start again; nothing was sent.',
    leftOut: (count: number) => `*Left out:* ${rows(count)}`,
    noneLeftOut: '*Left out:* none',
    entries: (count: number, accepted: number, rejected: number) =>
      `${number(count)} ${plural(count, { one: 'number', other: 'numbers' })} on the list: ${number(accepted)} to send, ${number(rejected)} left out`,
    line: (line: number) => `line ${line}`,
    sourceLine: (source: string, line: number) => `${source} line ${line}`,
    more: (count: number) => `and ${number(count)} more`,
    examples: (places: string[]) => places.join(', '),
    withNote: (place: string, note: string) => `${place} (${note})`,
    countries: '*Countries*',
    noCountry: 'No single country',
    otherCountries: (count: number) =>
      `${number(count)} other ${plural(count, { one: 'country', other: 'countries' })}`,
    encoding: '*Encoding*',
    segmentsEach: (encoding: string, count: number) => `${encoding}, ${segments(count)} each`,
    ucs2Because: (characters: string, more: number) =>
      `Needs Unicode (UCS-2) because of ${characters}${more > 0 ? ` and ${number(more)} more` : ''}. Without these it would be GSM-7, and a segment would hold more.`,
    ucs2Script:
      'Needs Unicode (UCS-2): 70 characters in a single segment, 67 in each of several. An emoji counts as two or more.',
    totalSegments: '*Segments in all*',
    balance: '*Account balance*',
    balanceUnknown: (why: string) => `could not be asked: ${why}`,
    cost: '*Estimated cost*',
    costNotKnown: 'not known yet: it is learnt from what batches are charged',
    costAbout: (sum: string) => `about ${sum}`,
    costBetween: (sum: string, least: string, most: string) => `about ${sum} (${least} to ${most})`,
    costWithout: (count: number) => `without ${messages(count)} whose price is not known yet`,
    senderId: '*Sender ID*',
    text: '*The message as it will arrive*',
    unknownEmoji: (codes: string) => `${codes} has no character of its own and will arrive as these letters.`,
    destination: (channel: string) => `The report goes to ${channel}.`,
    access: {
      not_member: (channel: string, bot: string) =>
        `I cannot write in ${channel} yet. Type \`/invite ${bot}\` there, then press *Check again*. Nothing has been sent.`,
      not_found: (channel: string, bot: string) =>
        `I cannot see ${channel}: it is private and I am not in it. Type \`/invite ${bot}\` there, then press *Check again*. Nothing has been sent.`,
      archived: (channel: string) =>
        `${channel} is archived, so the report would have no place. Start again with another channel; nothing has been sent.`,
      shared: (channel: string) =>
        `${channel} is shared with another organisation, whose people would read the report. Start again with a channel of your own; nothing has been sent.`,
    },
    checkAgain: 'Check again',
    send: 'Send',
    discard: 'Discard',
    confirm: {
      title: 'Send now?',
      text: (count: number) =>
        `${messages(count)} will be sent and charged. A text that has gone cannot be called back.`,
      ok: 'Send',
      cancel: 'Not yet',
    },
    direct: 'Your list has been read. Nothing is sent before you press the button.',
    started: (count: number, channel: string) =>
      `Started: ${messages(count)}. The live report is in ${channel}.`,
    alreadyStarted: 'This batch has already been started.',
    discarded: 'Discarded. Nothing was sent.',
    channelLost: 'Nothing was sent: the report cannot go to its channel any more. The review now says why.',
    outdated: 'The list has been read again since. Here comes the new review.',
    gone: 'This draft is no longer there. Start again; nothing was sent.',
    failedTitle: 'The list cannot be used',
  },

  /** How each source of a list was read, and what can be changed of it. */
  list: {
    pasted: 'Pasted numbers',
    column: (source: string, column: string) => `*${source}* – numbers from the column *${column}*`,
    allColumns: (source: string) => `*${source}* – every number in each row`,
    sheet: (name: string) => `Sheet *${name}*`,
    heading: (lines: string) => `Taken as heading: line ${lines}`,
    country: (column: string) => `Country of each number from the column *${column}*`,
    countryInHeading: (country: string) => `Country from the heading: ${country}`,
    contradicted: (count: number) =>
      `${number(count)} ${plural(count, { one: 'number', other: 'numbers' })} with + of another country than that column says, kept as written`,
    noConsent: (count: number, column: string, isIncluded: boolean) =>
      `${rows(count)} ${plural(count, { one: 'says', other: 'say' })} no in *${column}*: ${isIncluded ? 'included, as you chose' : 'left out'}`,
    foreign: (count: number, countries: string, isIncluded: boolean) =>
      `${number(count)} ${plural(count, { one: 'number', other: 'numbers' })} without + would be of another country (${countries}): ${isIncluded ? 'included, as you chose' : 'left out. Are they right? Press *Change* to include them'}`,
    inCountry: (country: string, count: number) => `${country} ${number(count)}`,
    hidden: (count: number, isIncluded: boolean) =>
      `${rows(count)} hidden in the sheet: ${isIncluded ? 'included, as you chose' : 'left out'}`,
    formulas: (count: number) => `${rows(count)} with a number that a formula has computed`,
    unreadable: (count: number) =>
      `${number(count)} ${plural(count, { one: 'cell has', other: 'cells have' })} characters that cannot be read`,
    change: 'Change',
    changeTitle: 'Read the list again',
    changeSubmit: 'Read again',
    changeText: (source: string) => `How is *${source}* to be read?`,
    numbers: 'Phone numbers',
    countries: 'Country of each number',
    noCountries: 'No column: the default country',
    include: 'Send also to',
    includeNoConsent: 'Rows that say no to messages',
    includeForeign: 'Numbers of other countries without +',
    includeHidden: 'Hidden rows',
    notAllShown: 'There is more to say than fits here: see *Change*',
    outdated: 'The list has been read again since. Look at the new review, and change it there where needed.',
    notNow: 'The list is being read at the moment. Wait for the review, then change it.',
  },
};
