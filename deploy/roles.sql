-- Run once by psql as the superuser, when the database is made: who owns the tables, and who serves.
\set owner `cat /run/secrets/owner`
\set server `cat /run/secrets/server`

create role jobwright_owner login nosuperuser nobypassrls password :'owner';
create role jobwright login nosuperuser nobypassrls nocreatedb nocreaterole password :'server';
create database books owner jobwright_owner;
revoke connect, temporary on database books from public;
grant connect on database books to jobwright;
