-- The four rules in PostgreSQL, from the lines on, with __EVENTS__ put in. One statement ends at each blank line.
create unlogged table line(content text);

copy line from '__EVENTS__' (format csv, quote e'\x01', delimiter e'\x02');

create unlogged table event as
  select j ->> 'type' as type, j ->> 'agreement' as agreement, j ->> 'subject' as subject, (j ->> 'time')::date as day,
         j -> 'data' ->> 'chair' as chair, (j -> 'data' ->> 'written')::bool as written, (j -> 'data' ->> 'last')::date as last
  from (select content::jsonb as j from line) as parsed;

create index by_agreement on event(type, agreement, subject, day);

analyze event;

select 'events ' || (select count(*) from event)
  || ' R1 ' || (
    select count(*) from (
      select agreement, begins::date as begins
      from event s, generate_series(date_trunc('year', day), last, interval '6 months') as begins
      where s.type = 'signing' and begins >= day and begins + interval '6 months' - interval '1 day' <= last) as half
    left join (
      select agreement,
             (date_trunc('year', day) + case when extract(month from day) > 6 then interval '6 months' else interval '0' end)::date as begins,
             count(*) as held
      from event where type = 'meeting' group by 1, 2) as meeting using (agreement, begins)
    where coalesce(held, 0) < 2)
  || ' R2 ' || (
    select count(*) from (
      select chair, lag(chair) over (partition by agreement order by day) as before from event where type = 'meeting') as held
    where chair = before)
  || ' R3 ' || (
    select count(*) from event u where type = 'update' and not exists (
      select 1 from event d where d.type = 'decision' and d.written and d.agreement = u.agreement
      and d.subject = u.subject and d.day between u.day and u.day + 90))
  || ' R4 ' || (
    select count(*) from event s where type = 'signing' and not exists (
      select 1 from event c where c.type = 'consultation' and c.agreement = s.agreement
      and c.day between s.day and s.last - interval '6 months'))
  as answer;

drop table line;

drop table event;
