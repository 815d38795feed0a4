-- Run by the image of PostgreSQL, as its administrator, when it makes a new volume. The bot's own role: no superuser, not
-- the owner of the database, with the right to make its two schemas and nothing else.
\getenv password BOT_PASSWORD
create role sms login password :'password'
  nosuperuser nocreatedb nocreaterole noreplication nobypassrls;
do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect, create, temporary on database %I to sms', current_database());
end
$$;
revoke create on schema public from public;
