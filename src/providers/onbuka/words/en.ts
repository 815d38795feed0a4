import type { ProviderVocabulary } from '../../provider-vocabulary';

export const en: ProviderVocabulary = {
  name: 'Buka',
  refusals: {
    '-1': {
      what: 'The provider did not accept the API key or secret.',
      next: 'Ask your administrator to check the key and the secret of the account.',
    },
    '-2': {
      what: 'The provider does not allow requests from this server’s IP address.',
      next: 'Ask the provider’s support to put the address on the allow list.',
    },
    '-3': {
      what: 'The text holds words that the provider does not let through.',
      next: 'Change the wording and send a new batch.',
    },
    '-4': { what: 'The text is empty.', next: 'Write a text and send a new batch.' },
    '-5': { what: 'The text is too long.', next: 'Shorten the text and send a new batch.' },
    '-6': {
      what: 'The text does not match an approved template.',
      next: 'Use an approved text, or ask the provider to approve this one.',
    },
    '-7': {
      what: 'Too many numbers in one request.',
      next: 'This is a fault of the bot. Tell your administrator.',
    },
    '-8': {
      what: 'A request held no numbers.',
      next: 'This is a fault of the bot. Tell your administrator.',
    },
    '-9': { what: 'The provider does not accept the number.', next: 'Check the number.' },
    '-10': {
      what: 'The account’s balance is used up.',
      next: 'Top up the account. *Resume* then goes on with a paused batch.',
    },
    '-11': {
      what: 'A time was written wrongly.',
      next: 'This is a fault of the bot. Tell your administrator.',
    },
    '-12': { what: 'The provider’s platform has a fault.', next: 'It is tried again by itself.' },
    '-13': {
      what: 'The account is locked.',
      next: 'Ask the provider’s support to unlock it. *Resume* then goes on with a paused batch.',
    },
    '-14': {
      what: 'A field or an id was empty.',
      next: 'This is a fault of the bot. Tell your administrator.',
    },
    '-15': { what: 'The provider was asked too often.', next: 'Try again in a minute.' },
    '-16': {
      what: 'The request came too late for the provider.',
      next: 'Ask your administrator to set this server’s clock.',
    },
    '-17': { what: 'The template must not be empty.', next: 'Change the text and send a new batch.' },
    '-18': { what: 'The provider’s interface has a fault.', next: 'Try again in a few minutes.' },
    '-19': {
      what: 'No route or price has been set up for the account.',
      next: 'Ask the account manager at the provider to set it up. *Resume* then goes on with a paused batch.',
    },
    '-22': { what: 'A parameter was wrong.', next: 'This is a fault of the bot. Tell your administrator.' },
    '-24': { what: 'The provider has no such record.', next: 'Try again in a few minutes.' },
    '-25': { what: 'The time asked about is out of range.', next: 'The provider keeps records for 90 days.' },
  },
  failures: { '0': 'The provider gave no reason: ask its support, with the message ID' },
  balanceParts: { balance: 'Balance', gift: 'gift', credit: 'credit' },
};
