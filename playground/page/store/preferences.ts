export const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

/** What this browser remembers of the page. */
export interface Preferences {
  theme: Theme;
  drawer: boolean;
  tour: boolean;
  /** Which step of the tour is open, from 0. */
  tourStep: number;
}

const KEY = 'playground';
/** From this width on the drawer fits beside the conversation. The style sheet has the same number. */
const WIDE_PX = 1180;

function defaults(): Preferences {
  const isWide = window.innerWidth >= WIDE_PX;
  return { theme: 'system', drawer: isWide, tour: true, tourStep: 0 };
}

export function readPreferences(): Preferences {
  try {
    return { ...defaults(), ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    return defaults();
  }
}

export function keepPreferences(preferences: Preferences): void {
  localStorage.setItem(KEY, JSON.stringify(preferences));
}
