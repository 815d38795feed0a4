/** The bot's own ids in every local workspace. */
export const BOT = {
  userId: 'U0SMSBOT01',
  botId: 'B0SMSBOT01',
  appId: 'A0SMSAPP01',
  name: 'bulk_sms',
} as const;
