/** Where the queue library has its tables. SQL names them with it. */
export const QUEUE_SCHEMA = 'bulk_sms_queue';
