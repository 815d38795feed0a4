import type {
  BukaWeatherEntry,
  BukaWeatherName,
  BukaWeatherSetting,
  SlackWeatherName,
  SlackWeatherSetting,
} from './wire';

/** `GET /playground/faults`. */
export interface SlackWeather {
  table: Record<SlackWeatherName, { title: string; description: string }>;
  on: Partial<Record<SlackWeatherName, SlackWeatherSetting>>;
}

/** `GET /buka/faults`. */
export interface BukaWeather {
  switches: Record<BukaWeatherName, BukaWeatherEntry>;
  on: Partial<Record<BukaWeatherName, BukaWeatherSetting & { struck: number }>>;
}
