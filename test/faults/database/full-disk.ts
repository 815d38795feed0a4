import type { Knex } from 'knex';

/** A full disk, as every client of the database meets it. */
export interface Disk {
  fill(): Promise<void>;
  empty(): Promise<void>;
  /** How many statements have failed because of it. */
  refused(): Promise<number>;
}

/**
 * While the disk is full, every statement that writes to our tables or the queue's fails, with its transaction, with
 * PostgreSQL's code for ENOSPC (53100). A real full file system does the same to statements that need room; it may also
 * end the server, which is another test. This needs no right to mount a file system.
 */
export async function createDisk(db: Knex): Promise<Disk> {
  await db.raw(`
    create table disk (is_full boolean not null);
    insert into disk values (false);
    create sequence disk_refused;
    create function refuse_when_full() returns trigger language plpgsql as $$
      begin
        if (select is_full from bulk_sms.disk) then
          perform nextval('bulk_sms.disk_refused');
          raise exception 'could not extend file: No space left on device' using errcode = 'disk_full';
        end if;
        return null;
      end $$;
    do $$
      declare written regclass;
      begin
        for written in select oid from pg_class where relkind in ('r', 'p')
          and relnamespace in ('bulk_sms'::regnamespace, 'bulk_sms_queue'::regnamespace) and relname <> 'disk'
        loop
          execute format('create trigger disk before insert or update or delete on %s
            for each statement execute function bulk_sms.refuse_when_full()', written);
        end loop;
      end $$;`);
  const set = (isFull: boolean) => db('disk').update({ is_full: isFull });
  return {
    fill: async () => void (await set(true)),
    empty: async () => void (await set(false)),
    async refused() {
      const { rows } = await db.raw('select last_value::int as n from disk_refused');
      return rows[0].n;
    },
  };
}
