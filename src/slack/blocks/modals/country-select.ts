import type { types } from '@slack/bolt';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import type { Words } from '../../../words/en';
import { type Option, plain } from '../block-kit';
import { clip } from '../escape';
import { ACTIONS } from '../ids';

/** Slack allows 100 options in a group; 50 are easier to read. */
const GROUP_SIZE = 50;

/** A select with every country that has phone numbers, by name in the person's language. */
export function countrySelect(words: Words, chosen: string | undefined): types.StaticSelect {
  const options = getCountries()
    .map((code): Option => {
      const name = `${words.format.country(code)} (+${getCountryCallingCode(code)})`;
      return { text: plain(clip(name, 75)), value: code };
    })
    .sort((a, b) => words.format.compare(a.text.text, b.text.text));
  const initial = options.find((option) => option.value === chosen);
  return {
    type: 'static_select',
    action_id: ACTIONS.value,
    placeholder: plain(words.compose.countryPlaceholder),
    option_groups: inGroups(options),
    ...(initial ? { initial_option: initial } : {}),
  };
}

function inGroups(options: Option[]): { label: types.PlainTextElement; options: Option[] }[] {
  const groups = [];
  for (let start = 0; start < options.length; start += GROUP_SIZE) {
    const group = options.slice(start, start + GROUP_SIZE);
    const label = [group.at(0), group.at(-1)].map((option) => clip(option?.text.text ?? '', 30)).join(' – ');
    groups.push({ label: plain(label), options: group });
  }
  return groups;
}

/** Whether the select offers this two-letter code. */
export function isCountry(code: string): boolean {
  return (getCountries() as string[]).includes(code);
}
